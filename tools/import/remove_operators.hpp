// Operators that change nothing, or whose output nobody reads.
#pragma once

#include "tools/import/network.hpp"

namespace tools::importer {

// Removes them, and the tensors that nothing uses then; adds their names to network.removed.
void remove_operators(Network& network);

}  // namespace tools::importer
