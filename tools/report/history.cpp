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
  const Panel panel{
      left, top, width, height, from_zero ? 0 : low - margin, high + margin, 0, static_cast<double>(history.back().iteration)};
  Curve training, test;
  for (const Moment& moment : history) {
    training.push_back({static_cast<double>(moment.iteration), pick(moment.training)});
    if (moment.test) test.push_back({static_cast<double>(moment.iteration), pick(*moment.test)});
  }
  svg += panel.axes(name) + panel.line(training, training_colour) + panel.line(test, test_colour);
}

}  // namespace

std::string as_csv(const History& history, const Subject& subject) {
  const std::string figure = subject.classes ? "_accuracy" : "_rmse";
  std::string csv =
      "iteration,epoch,rate,training_loss,training" + figure + "," + subject.unseen + "_loss," + subject.unseen + figure + "\n";
  for (const Moment& moment : history) {
    csv += format(subject.classes ? "%zu,%.4f,%g,%.6f,%.6f," : "%zu,%.4f,%g,%.6f,%.6g,", moment.iteration, moment.epoch,
                  moment.rate, moment.training.loss, moment.training.figure);
    csv += moment.test ? format(subject.classes ? "%.6f,%.6f\n" : "%.6f,%.6g\n", moment.test->loss, moment.test->figure) : ",\n";
  }
  return csv;
}

std::string as_svg(const History& history, const Subject& subject) {
  std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='740' height='580' font-family='sans-serif' font-size='12'>\n"
                    "<rect width='740' height='580' fill='white'/>\n";
  svg += "<text x='70' y='26' font-size='15'>" + escaped(subject.title) + "</text>\n";
  svg += format("<text x='540' y='48' fill='%s'>training data</text>", training_colour);
  svg += format("<text x='640' y='48' fill='%s'>%s data</text>\n", test_colour, subject.unseen.c_str());
  if (!history.empty()) {
    append_panel(svg, 60, "loss", history, true, [](const Figures& figures) { return figures.loss; });
    if (subject.classes)
      append_panel(svg, 320, "accuracy, %", history, false, [](const Figures& figures) { return 100 * figures.figure; });
    else
      append_panel(svg, 320, "RMSE", history, true, [](const Figures& figures) { return figures.figure; });
  }
  return svg + "<text x='390' y='562' text-anchor='middle'>iterations</text>\n</svg>\n";
}

}  // namespace tools
