// Doubts about inputs before anything is learnt from them: one sentence each.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/dataset.hpp"
#include "tools/report/doubts.hpp"
#include "tools/train/material.hpp"
#include "tools/train/run.hpp"

namespace tools {

// Whether a row to learn from has other inputs than the first.
template <class Net, class Loss>
bool tells_rows_apart(const Material<Net, Loss>& material) {
  return std::any_of(material.columns.begin(), material.columns.end(),
                     [](const Column& column) { return column.most > column.least; });
}

template <class Net, class Loss>
std::vector<std::string> doubts_of_inputs(const Material<Net, Loss>& material, const Dataset& data) {
  using Number = typename Net::InputNumber;
  std::vector<std::string> doubts;
  const std::string& kind = material.kinds.inputs;
  if (!tells_rows_apart(material))
    doubts.push_back(material.train.size() == 1
                         ? std::string{"there is one row to learn from; give more"}
                         : "all " + std::to_string(material.train.size()) +
                               " rows to learn from have the same inputs, so that nothing can be learnt from these; "
                               "give columns that differ from row to row");
  if (kind == "scale")
    if (const auto doubt = doubt_of_ranges(material.columns, data.columns)) doubts.push_back(*doubt);
  for (std::size_t i = 0; i < Net::inputs; ++i) {
    const Column& column = material.columns[i];
    if (column.most > column.least && column.constant() && kind == "standard") {
      doubts.push_back(data.place(i) + " varies so little, from " + short_number(column.least) + " to " +
                       short_number(column.most) +
                       ", that it cannot be normalized and is as good as constant; multiply it by a power of ten");
      break;
    }
  }
  if constexpr (nn::is_fixed<Number>) {
    std::vector<std::size_t> beyond(Net::inputs);
    for (const auto& example : material.train)
      for (std::size_t i = 0; i < Net::inputs; ++i)
        beyond[i] += example.input[i] == Number::highest() || example.input[i] == Number::lowest();
    const auto most = static_cast<std::size_t>(std::max_element(beyond.begin(), beyond.end()) - beyond.begin());
    if (beyond[most] * 100 > material.train.size())
      doubts.push_back(data.place(most) + " goes from " + short_number(material.columns[most].least) + " to " +
                       short_number(material.columns[most].most) + ", and " + std::to_string(beyond[most]) + " of " +
                       std::to_string(material.train.size()) + " rows leave the range of the network's input, " +
                       short_number(static_cast<double>(Number::lowest())) + " to " +
                       short_number(static_cast<double>(Number::highest())) + ", even as --normalize " + kind +
                       " leaves them; try --normalize " + (kind == "standard" ? "scale" : "standard") +
                       ", or a format with fewer fraction bits");
  }
  return doubts;
}

}  // namespace tools
