#include "tools/report/rate_curve.hpp"

#include <algorithm>
#include <cmath>

#include "tools/report/panel.hpp"

namespace tools {
namespace {

constexpr double keep = 0.9;  // of the mean from one batch to the next

}  // namespace

bool RateCurve::add(double rate, double loss) {
  if (!std::isfinite(loss)) return false;
  sum = keep * sum + (1 - keep) * loss;
  weight = keep * weight + (1 - keep);
  curve.push_back({rate, sum / weight});
  double least = curve[0].loss;
  for (const RatePoint& point : curve) least = std::min(least, point.loss);
  return curve.size() < 20 || curve.back().loss < 4 * std::max(least, 1e-6);
}

double RateCurve::proposed() const {
  double steepest = 0, rate = 0;
  for (std::size_t i = 0, j = 0; j < curve.size(); ++j) {
    while (curve[j].rate > 2 * curve[i].rate) ++i;
    if (i == 0 || curve[j].rate < 1.5 * curve[i].rate) continue;
    const double fall = curve[i].loss - curve[j].loss;
    if (fall <= steepest) continue;
    steepest = fall;
    rate = std::sqrt(curve[i].rate * curve[j].rate);
  }
  if (rate == 0) return 0;
  const double power = std::pow(10.0, std::floor(std::log10(rate)) - 1);
  return std::round(rate / power) * power;  // two digits
}

double RateCurve::lowest() const {
  if (curve.empty()) return 0;
  return std::min_element(curve.begin(), curve.end(), [](const RatePoint& a, const RatePoint& b) { return a.loss < b.loss; })
      ->rate;
}

std::string as_csv(const RateCurve& curve) {
  std::string csv = "rate,loss\n";
  for (const RatePoint& point : curve.points()) csv += format("%.6g,%.6f\n", point.rate, point.loss);
  return csv;
}

std::string as_svg(const RateCurve& curve, const std::string& title) {
  std::string svg =
      "<svg xmlns='http://www.w3.org/2000/svg' width='740' height='360' font-family='sans-serif' font-size='12'>\n"
      "<rect width='740' height='360' fill='white'/>\n";
  svg += "<text x='70' y='26' font-size='15'>" + escaped(title) + "</text>\n";
  Curve line;
  double least = curve.points()[0].loss;
  for (const RatePoint& point : curve.points()) {
    line.push_back({std::log10(point.rate), point.loss});
    least = std::min(least, point.loss);
  }
  const double high = curve.points()[0].loss + 0.5 * std::max(curve.points()[0].loss - least, 0.1 * curve.points()[0].loss);
  const Panel panel{70, 60, 640, 240, 0, high, line.front().x, line.back().x, true};
  svg += panel.axes("loss") + panel.line(line, "#1f6fb4");
  if (const double rate = curve.proposed(); rate > 0) {
    const double x = panel.x(std::log10(rate));
    svg += format("<line x1='%.1f' x2='%.1f' y1='60' y2='300' stroke='#d0551c' stroke-dasharray='4 3'/>", x, x);
    svg += format("<text x='%.1f' y='74' fill='#d0551c'>%g</text>\n", x + 5, rate);
  }
  return svg + "<text x='390' y='346' text-anchor='middle'>rate</text>\n</svg>\n";
}

}  // namespace tools
