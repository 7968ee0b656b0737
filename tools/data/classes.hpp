// Classes: the numbers that a network gives for the labels of a file, which may be any whole numbers, or names.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tools/data/dataset.hpp"

namespace tools {

// Gives each row its class from its label as text. Whole numbers from 0 to 65535 are classes themselves; other whole numbers
// are numbered in their order, names in that of their bytes, and data.classes then holds what they are called. `place` says
// where a row is, for the Failure if a label is neither.
void label_rows(Dataset& data, const std::vector<std::string>& labels, const std::function<std::string(std::size_t)>& place);

// For training data: whole numbers from 0 that are too large for a network of `count` classes are numbered in their order.
// Throws Failure if there are more classes than that.
void fit_classes(Dataset& data, std::size_t count);

// For other data: its classes become those of the training data, which are called `names` (none: by their numbers). Throws
// Failure if there are others.
void match_classes(Dataset& data, const std::vector<std::string>& names, std::size_t count);

// What class `number` is called.
std::string class_name(const std::vector<std::string>& names, std::size_t number);

}  // namespace tools
