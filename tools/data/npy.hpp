// .npy: one array of NumPy, versions 1 to 3 of the format (NEP 1), in C or Fortran order: booleans, integers of 1 to 8 bytes,
// floats of 2, 4 and 8, and, for labels, text of a fixed width. What every Python writes with numpy.save.
#pragma once

#include <string>
#include <vector>

#include "tools/data/csv.hpp"

namespace tools {

struct NpyArray {
  std::vector<std::size_t> shape;
  std::vector<double> numbers;  // in C order; or, for an array of text, …
  std::vector<std::string> texts;
};
NpyArray read_npy(const std::string& name);

// The rows of x, of any shape behind the first axis. The rows of y are their classes, numbers or names; with the target "y",
// their targets. Without y only rows whose input is asked for. Throws Failure.
Dataset read_npy_rows(const std::string& x, const std::string& y, const Columns& columns);

}  // namespace tools
