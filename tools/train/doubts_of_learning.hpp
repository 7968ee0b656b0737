// Doubts about a training that has ended, by what can be learnt of its rows at all.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "nn/nn.hpp"
#include "tools/report/doubts.hpp"
#include "tools/train/doubts_of_inputs.hpp"
#include "tools/train/material.hpp"
#include "tools/train/settings.hpp"

namespace tools {

// The share of the rows that a network can be right on: of rows with the same inputs, those of one class.
template <class Net, class Loss>
double most_right(const Material<Net, Loss>& material) {
  using Example = typename Asked<Net, Loss>::Example;
  const auto before = [](const Example& a, const Example& b) {
    return std::lexicographical_compare(a.input.begin(), a.input.end(), b.input.begin(), b.input.end());
  };
  std::vector<Example> rows = material.train;
  std::sort(rows.begin(), rows.end(), [&](const Example& a, const Example& b) {
    return before(a, b) || (!before(b, a) && a.label < b.label);
  });
  std::size_t right = 0, most = 0, of_label = 0;  // `most` of the rows that are the same so far
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const bool same = k > 0 && !before(rows[k - 1], rows[k]);
    of_label = same && rows[k].label == rows[k - 1].label ? of_label + 1 : 1;
    if (!same) right += std::exchange(most, 0);
    most = std::max(most, of_label);
  }
  return static_cast<double>(right + most) / static_cast<double>(rows.size());
}

// Whether training changes nothing: no layer that has parameters is left to learn.
template <class Net>
bool learns_nothing(std::size_t frozen) {
  bool learns = false;
  Net::for_each_layer([&]<std::size_t Index, class Layer>() {
    learns = learns || (Index >= frozen && nn::has_parameters<Layer>);
  });
  return !learns;
}

// Before and after, on the rows that are learnt from; `names` are those of the classes, or of the targets.
template <class Net, class Loss>
std::optional<std::string> doubt_of_learning(const Settings& settings, const Material<Net, Loss>& material, Scores before,
                                             const Scores& after, const std::vector<std::string>& names) {
  if (learns_nothing<Net>(settings.frozen)) {
    if (settings.start) return std::nullopt;  // what has been learnt is scored
    return "--freeze " + std::to_string(settings.frozen) + " leaves no layer that learns; give a smaller number, or --start";
  }
  if (!tells_rows_apart(material)) return std::nullopt;  // has been said
  if (settings.of_numbers()) {
    std::vector<double> deviations;
    for (const Column& column : material.target_columns) deviations.push_back(column.deviation);
    return doubt_of_numbers(before, after, deviations, names);
  }
  if (!settings.choice.weights.empty()) before.loss = std::numeric_limits<double>::infinity();  // it is another loss that fell
  auto doubt = doubt_of_classes(before, after, names);
  if (doubt && after.occurring() > 1)
    if (const double most = most_right(material); most < 0.95 && after.accuracy() >= most - 0.02)
      return doubt_of_equal_rows(after, most);
  return doubt;
}

}  // namespace tools
