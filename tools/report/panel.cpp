#include "tools/report/panel.hpp"

#include <algorithm>
#include <cmath>

namespace tools {
namespace {

// About five round numbers that cover [low, high].
std::vector<double> ticks(double low, double high) {
  const double rough = std::max(high - low, 1e-9) / 5;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double step = rough / power <= 1.5   ? power
                      : rough / power <= 3.5 ? 2 * power
                      : rough / power <= 7.5 ? 5 * power
                                             : 10 * power;
  std::vector<double> result;
  // never -0
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) result.push_back(k * step + 0.0);
  return result;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string result;
  for (char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else result += c;
  }
  return result;
}

double Panel::x(double at) const { return left + width * (at - first) / std::max(last - first, 1e-9); }
double Panel::y(double value) const { return top + height * (1 - (value - low) / std::max(high - low, 1e-9)); }

std::string Panel::axis(const std::string& name) const {
  std::string svg = format("<rect x='%g' y='%g' width='%g' height='%g' fill='none' stroke='#888'/>\n", left, top, width, height);
  for (double tick : ticks(low, high)) {
    svg += format("<line x1='%g' x2='%g' y1='%.1f' y2='%.1f' stroke='#e4e4e4'/>", left, left + width, y(tick), y(tick));
    svg += format("<text x='%g' y='%.1f' text-anchor='end'>%g</text>\n", left - 8, y(tick) + 4, tick);
  }
  return svg + format("<text x='%g' y='%g' font-weight='bold'>%s</text>\n", left, top - 8, escaped(name).c_str());
}

std::string Panel::axes(const std::string& name) const {
  std::string svg = axis(name);
  for (double tick : ticks(first, last)) {
    if (powers && tick != std::round(tick)) continue;
    svg += format("<text x='%.1f' y='%g' text-anchor='middle'>%g</text>\n", x(tick), top + height + 18,
                  powers ? std::pow(10.0, tick) : tick);
  }
  return svg;
}

std::string Panel::line(const Curve& curve, const char* colour) const {
  std::string svg = format("<polyline fill='none' stroke-width='1.5' stroke='%s' points='", colour);
  for (const Place& place : curve) svg += format("%.1f,%.1f ", x(place.x), y(std::clamp(place.y, low, high)));
  return svg + "'/>\n";
}

std::string Panel::dots(const Curve& curve, const char* colour) const {
  std::string svg;
  for (const Place& place : curve)
    svg += format("<circle cx='%.1f' cy='%.1f' r='2' fill='%s'/>\n", x(place.x), y(std::clamp(place.y, low, high)), colour);
  return svg;
}

}  // namespace tools
