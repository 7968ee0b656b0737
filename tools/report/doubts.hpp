// Doubts: sentences that say, with figures and what to try, that a training or a conversion did not do what it should.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/data/column.hpp"
#include "tools/report/scores.hpp"

namespace tools {

// A training with classes: chance accuracy, one class for everything, a class that is never found, a loss that never fell.
std::optional<std::string> doubt_of_classes(const Scores& before, const Scores& after, const std::vector<std::string>& names);

// As good as it can be, `most`, since rows with the same inputs are of different classes.
std::string doubt_of_equal_rows(const Scores& after, double most);

// A training with numbers: no better than their mean always, of all or of one. `deviations` are those of the targets in their
// unit, `names` what they are called; none if the targets are the inputs.
std::optional<std::string> doubt_of_numbers(const Scores& before, const Scores& after, const std::vector<double>& deviations,
                                            const std::vector<std::string>& names);

// Columns whose ranges differ by a factor of 1,000 or more although all are scaled alike.
std::optional<std::string> doubt_of_ranges(const std::vector<Column>& columns, const std::vector<std::string>& places);

// A converted network that does much worse on the same samples: at least 3 points, or an RMSE half as large again.
std::optional<std::string> doubt_of_conversion(const std::string& what, const std::string& to_try, const Scores& before,
                                               const Scores& after);

}  // namespace tools
