// The generated header: a network as a type, with its constants, one probe and its answer, and perhaps cases to compare with.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/run.hpp"

namespace tools::importer {

// Inputs and expected outputs of another implementation, back to back.
struct Cases {
  std::size_t count = 0;
  std::vector<Bytes> inputs;  // one for each input
  std::vector<Bytes> outputs;
  bool reset = false;  // what the network keeps from run to run is lost between cases; else they are one stream
};

// One input, and the answer that was computed for it by another path than the header's (probe.hpp).
struct Probe {
  std::vector<Bytes> inputs;
  std::vector<Bytes> outputs;
};

// What else the header says: lines of comment, and code in its namespace with the includes that this needs.
struct Addition {
  std::vector<std::string> notes;
  std::string includes, code;
};

std::string header(const Network& network, const std::string& name, const std::string& command, const Probe& probe,
                   const Cases& cases, const Addition& more = {});

}  // namespace tools::importer
