// Removes from a network what its intervals prove to be superfluous: channels that are constant whatever the input, folded
// into the biases of those that read them, channels and operators that nothing reads, and clamps and tables without effect.
// Every output keeps every bit. What was done is in network.report.
#pragma once

#include "tools/import/network.hpp"

namespace tools::importer {

void remove_constants(Network& network);

}  // namespace tools::importer
