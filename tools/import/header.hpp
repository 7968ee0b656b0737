// The generated header: a network as a type, with its constants, one probe and its answer, and perhaps cases to compare with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/network.hpp"

namespace tools::importer {

// Inputs and expected outputs of another implementation, back to back.
struct Cases {
  std::size_t count = 0;
  std::vector<std::vector<std::int8_t>> inputs;  // one for each input
  std::vector<std::vector<std::int8_t>> outputs;
  bool reset = false;  // what the network keeps from run to run is lost between cases; else they are one stream
};

// What else the header says: lines of comment, and code in its namespace with the includes that this needs.
struct Addition {
  std::vector<std::string> notes;
  std::string includes, code;
};

std::string header(const Network& network, const std::string& name, const std::string& command, const Cases& cases, const Addition& more = {});

}  // namespace tools::importer
