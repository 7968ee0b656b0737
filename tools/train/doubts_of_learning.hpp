// Doubts about a training that has ended, by what can be learnt of its rows at all.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/data/column.hpp"
#include "tools/report/scores.hpp"
#include "tools/train/settings.hpp"

namespace tools {

// Before and after, on the rows that are learnt from; `learns`: whether a layer does; `names` are those of the classes, or of the
// targets; most_right(): the share of the rows that any network can be right on.
std::optional<std::string> doubt_of_learning(const Settings& settings, bool learns, const std::vector<Column>& columns,
                                             const std::vector<Column>& targets, const std::function<double()>& most_right,
                                             Scores before, const Scores& after, const std::vector<std::string>& names);

}  // namespace tools
