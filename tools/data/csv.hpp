// CSV: a row of numbers and a class number for each sample, separated by commas, semicolons, tabs or blanks; the first
// line may be a header.
#pragma once

#include <string>

#include "tools/data/dataset.hpp"

namespace tools {

enum class LabelColumn { first, last };

// Throws Failure with the row's number.
Dataset read_csv(const std::string& name, LabelColumn label);

// Rows of whole numbers, the class last.
void write_csv(const Dataset& data, const std::string& name);

}  // namespace tools
