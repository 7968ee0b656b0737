#include "tools/report/history.hpp"

#include <algorithm>
#include <limits>

#include "tools/report/panel.hpp"

namespace tools {
namespace {

constexpr double left = 70, width = 640, height = 200;
constexpr const char* training_colour = "#1f6fb4";
constexpr const char* test_colour = "#d0551c";

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
  const Panel panel{left, top, width, height, from_zero ? 0 : low - margin, high + margin, 0, static_cast<double>(history.back().iteration)};
  Curve training, test;
  for (const Moment& moment : history) {
    training.push_back({static_cast<double>(moment.iteration), pick(moment.training)});
    if (moment.test) test.push_back({static_cast<double>(moment.iteration), pick(*moment.test)});
  }
  svg += panel.axes(name) + panel.line(training, training_colour) + panel.line(test, test_colour);
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
