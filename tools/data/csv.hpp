// CSV as RFC 4180 has it, with what people write besides: a row for each sample, its columns separated by commas,
// semicolons, tabs or blanks; quotes; lines that begin with # are comments; the first row may name the columns; where
// semicolons or tabs separate, 1,5 is a number. Lines end in \n, \r\n or \r.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tools/data/dataset.hpp"

namespace tools {

struct ClipFeatures;

// What to do with a row in which a number is missing (nothing, ?, NA, N/A, NaN or null): to refuse the file, to leave a NaN
// for a later step, or to leave out the row.
enum class Missing { refused, kept, dropped };

// Columns are named by their number from 1, or as the first row names them.
struct Columns {
  std::string label = "auto";             // of the class: also first, last, none; auto is last, and none if targets are asked for
  std::vector<std::string> targets = {};  // if any, these numbers are asked for instead of the class, whose column is left out
  bool target_is_input = false;           // the network is asked for its input
  Missing missing = Missing::refused;
  std::size_t channels = 0;  // of images in a folder: 1, 3, or 0 for what the first has
  std::shared_ptr<const ClipFeatures> front_end = {};  // folders have sounds, of which it makes rows
};

// Throws Failure with the row's number, counted in lines.
Dataset read_csv(const std::string& name, const Columns& columns = {});

// Rows of whole numbers, the class last.
void write_csv(const Dataset& data, const std::string& name);

}  // namespace tools
