// The probe of a header: one input, and its answer, computed by another path than the one that it guards. The header's network runs
// in a planned workspace, after what is constant was removed, with a target's kernels; here the network as the model has it runs with
// the portable kernels, backwards and forwards, each tensor in memory of its own between guards, and every byte of it written.
#pragma once

#include "tools/import/header.hpp"

namespace tools::importer {

// `whole`: before anything was removed. Throws Failure if an operator leaves part of its output as it was, or writes beyond it, and
// if `network`, run as the header will be, gives another answer.
Probe probe(const std::string& file, const Network& whole, const Network& network);

}  // namespace tools::importer
