// Repetitions: the same training many times, with other seeds or on other rows: what each gave, mean and deviation.
#pragma once

#include <string>
#include <vector>

#include "tools/report/scores.hpp"

namespace tools {

struct Repetition {
  Scores learnt, others;  // on the rows learnt from, and on rows that were not; none of these: 0 samples
  std::vector<std::string> doubts{};
};

// A line for each ("seed 3", beginning with `first`), then the mean and the deviation (with n - 1) of accuracy or RMSE.
std::string repetition_table(const std::string& what, std::size_t first, const std::vector<Repetition>& all);

// Those of the first that has any, and how many have.
std::vector<std::string> doubts_of(const std::string& what, std::size_t first, const std::vector<Repetition>& all);

}  // namespace tools
