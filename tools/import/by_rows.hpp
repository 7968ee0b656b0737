// By rows: whether a network runs on whole maps or row by row (nn/graph/by_rows.hpp), and how many rows at once.
#pragma once

#include <string>

#include "tools/import/network.hpp"

namespace tools::importer {

// rows: "off", "auto", or how many at once. Both plans in one sentence; nothing for "off". auto takes what needs less memory.
// Throws Failure where rows were asked for and the network cannot have them.
std::string choose_rows(Network& network, const std::string& rows, bool pushed);

}  // namespace tools::importer
