#include "tools/report/history.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace tools {
namespace {

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
  char buffer[256];
  std::snprintf(buffer, sizeof buffer, pattern, arguments...);
  return buffer;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else result += c;
  }
  return result;
}

// About five round numbers that cover [low, high].
std::vector<double> ticks(double low, double high) {
  const double rough = std::max(high - low, 1e-9) / 5;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double step = rough / power <= 1.5 ? power : rough / power <= 3.5 ? 2 * power : rough / power <= 7.5 ? 5 * power : 10 * power;
  std::vector<double> result;
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) result.push_back(k * step + 0.0);  // never -0
  return result;
}

constexpr double left = 70, width = 640, height = 200;
constexpr const char* training_colour = "#1f6fb4";
constexpr const char* test_colour = "#d0551c";

struct Panel {
  double top;
  double low, high;    // of the values
  double first, last;  // iterations

  double x(double iteration) const { return left + width * (iteration - first) / std::max(last - first, 1.0); }
  double y(double value) const { return top + height * (1 - (value - low) / std::max(high - low, 1e-9)); }
};

void append_axes(std::string& svg, const Panel& panel, const char* name) {
  svg += format("<rect x='%g' y='%g' width='%g' height='%g' fill='none' stroke='#888'/>\n", left, panel.top, width, height);
  for (double tick : ticks(panel.low, panel.high)) {
    svg += format("<line x1='%g' x2='%g' y1='%.1f' y2='%.1f' stroke='#e4e4e4'/>", left, left + width, panel.y(tick), panel.y(tick));
    svg += format("<text x='%g' y='%.1f' text-anchor='end'>%g</text>\n", left - 8, panel.y(tick) + 4, tick);
  }
  for (double tick : ticks(panel.first, panel.last))
    svg += format("<text x='%.1f' y='%g' text-anchor='middle'>%g</text>\n", panel.x(tick), panel.top + height + 18, tick);
  svg += format("<text x='%g' y='%g' font-weight='bold'>%s</text>\n", left, panel.top - 8, name);
}

template <class Value>
void append_curve(std::string& svg, const Panel& panel, const History& history, const char* colour, Value value) {
  svg += format("<polyline fill='none' stroke-width='1.5' stroke='%s' points='", colour);
  for (const Moment& moment : history)
    if (const auto v = value(moment))
      svg += format("%.1f,%.1f ", panel.x(static_cast<double>(moment.iteration)), panel.y(std::clamp(*v, panel.low, panel.high)));
  svg += "'/>\n";
}

template <class Pick>
void append_panel(std::string& svg, double top, const char* name, const History& history, bool from_zero, Pick pick) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double low = from_zero ? 0 : infinity, high = -infinity;
  for (const Moment& moment : history) {
    for (const auto& figures : {std::optional{moment.training}, moment.test}) {
      if (!figures) continue;
      low = std::min(low, pick(*figures));
      high = std::max(high, pick(*figures));
    }
  }
  if (!(high > low)) high = low + 1;
  const double margin = 0.05 * (high - low);
  const Panel panel{top, from_zero ? 0 : low - margin, high + margin, 0, static_cast<double>(history.back().iteration)};
  append_axes(svg, panel, name);
  append_curve(svg, panel, history, training_colour, [&](const Moment& moment) { return std::optional{pick(moment.training)}; });
  append_curve(svg, panel, history, test_colour,
               [&](const Moment& moment) { return moment.test ? std::optional{pick(*moment.test)} : std::nullopt; });
}

}  // namespace

std::string as_csv(const History& history, const std::string& unseen) {
  std::string csv = "iteration,epoch,rate,training_loss,training_accuracy," + unseen + "_loss," + unseen + "_accuracy\n";
  for (const Moment& moment : history) {
    csv += format("%zu,%.4f,%g,%.6f,%.6f,", moment.iteration, moment.epoch, moment.rate, moment.training.loss, moment.training.accuracy);
    csv += moment.test ? format("%.6f,%.6f\n", moment.test->loss, moment.test->accuracy) : ",\n";
  }
  return csv;
}

std::string as_svg(const History& history, const std::string& title, const std::string& unseen) {
  std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='740' height='580' font-family='sans-serif' font-size='12'>\n"
                    "<rect width='740' height='580' fill='white'/>\n";
  svg += "<text x='70' y='26' font-size='15'>" + escaped(title) + "</text>\n";
  svg += format("<text x='540' y='48' fill='%s'>training data</text>", training_colour);
  svg += format("<text x='640' y='48' fill='%s'>%s data</text>\n", test_colour, unseen.c_str());
  if (!history.empty()) {
    append_panel(svg, 60, "loss", history, true, [](const Figures& figures) { return figures.loss; });
    append_panel(svg, 320, "accuracy, %", history, false, [](const Figures& figures) { return 100 * figures.accuracy; });
  }
  return svg + "<text x='390' y='562' text-anchor='middle'>iterations</text>\n</svg>\n";
}

}  // namespace tools
