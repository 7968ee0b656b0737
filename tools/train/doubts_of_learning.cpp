#include "tools/train/doubts_of_learning.hpp"

#include <limits>

#include "tools/report/doubts.hpp"
#include "tools/train/doubts_of_inputs.hpp"

namespace tools {

std::optional<std::string> doubt_of_learning(const Settings& settings, bool learns, const std::vector<Column>& columns,
                                             const std::vector<Column>& targets, const std::function<double()>& most_right,
                                             Scores before, const Scores& after, const std::vector<std::string>& names) {
  if (!learns) {
    if (settings.start) return std::nullopt;  // what has been learnt is scored
    return "--freeze " + std::to_string(settings.frozen) + " leaves no layer that learns; give a smaller number, or --start";
  }
  if (!tells_rows_apart(columns)) return std::nullopt;  // has been said
  if (settings.of_numbers()) {
    std::vector<double> deviations;
    for (const Column& column : targets) deviations.push_back(column.deviation);
    return doubt_of_numbers(before, after, deviations, names);
  }
  if (!settings.choice.weights.empty()) before.loss = std::numeric_limits<double>::infinity();  // it is another loss that fell
  auto doubt = doubt_of_classes(before, after, names);
  if (doubt && after.occurring() > 1)
    if (const double most = most_right(); most < 0.95 && after.accuracy() >= most - 0.02) return doubt_of_equal_rows(after, most);
  return doubt;
}

}  // namespace tools
