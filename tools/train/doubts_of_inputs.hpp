// Doubts about inputs before anything is learnt from them: one sentence each.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "nn/number/fixed.hpp"
#include "tools/data/column.hpp"
#include "tools/data/dataset.hpp"
#include "tools/train/material.hpp"

namespace tools {

// Whether a row to learn from, of these columns, has other inputs than the first.
bool tells_rows_apart(const std::vector<Column>& columns);

// Of so many rows, normalized by this kind.
std::vector<std::string> doubts_of_columns(const std::vector<Column>& columns, std::size_t rows, const std::string& kind,
                                           const Dataset& data);

// Some of which, `beyond`, are more than the range of the network's inputs in the column at `place`.
std::string doubt_of_range(const Column& column, const std::string& place, std::size_t beyond, std::size_t rows, double lowest,
                           double highest, const std::string& kind);

template <class Input, class Target>
std::vector<std::string> doubts_of_inputs(const Material<Input, Target>& material, const Dataset& data) {
  const std::size_t rows = material.train.size();
  std::vector<std::string> doubts = doubts_of_columns(material.columns, rows, material.kinds.inputs, data);
  if constexpr (nn::is_fixed<Input>) {
    std::vector<std::size_t> beyond(material.columns.size());
    for (const auto& example : material.train)
      for (std::size_t i = 0; i < beyond.size(); ++i)
        beyond[i] += example.input[i] == Input::highest() || example.input[i] == Input::lowest();
    const auto most = static_cast<std::size_t>(std::max_element(beyond.begin(), beyond.end()) - beyond.begin());
    if (beyond[most] * 100 > rows)
      doubts.push_back(doubt_of_range(material.columns[most], data.place(most), beyond[most], rows,
                                      static_cast<double>(Input::lowest()), static_cast<double>(Input::highest()),
                                      material.kinds.inputs));
  }
  return doubts;
}

}  // namespace tools
