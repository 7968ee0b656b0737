// What became of a model: ranges and scales of its tensors, and their bytes.
#pragma once

#include <string>

#include "tools/import/network.hpp"
#include "tools/import/model.hpp"

namespace tools::quantizer {

// A line for the input and one for each operator, called as the header calls it: which numbers the codes of its output stand
// for, from the least to the largest, their scale and zero point, and how many weights it has.
std::string table(const importer::Model& model);

struct Bytes {
  std::size_t constants;  // weights, biases, scales and tables
  std::size_t workspace;  // the header's Net::workspace_bytes
};
Bytes bytes(const importer::Network& network);

}  // namespace tools::quantizer
