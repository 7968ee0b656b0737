// What became of a model: ranges and scales of its tensors, and its bytes.
#pragma once

#include <string>
#include <vector>

#include "tools/import/network.hpp"
#include "tools/quantize/ranges.hpp"

namespace tools::quantizer {

// A line for the input and one for each operator, called as the header calls it: the range of its output that was found, its
// scale and zero point, and how many weights it has.
std::string table(const tflite::Model& codes, const std::vector<Interval>& ranges);

struct Bytes {
  std::size_t constants;  // weights, biases, scales and tables
  std::size_t workspace;  // the header's Net::workspace_bytes
};
Bytes bytes(const importer::Network& network);

}  // namespace tools::quantizer
