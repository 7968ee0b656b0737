// The probe of a header: one input, and its answer, computed by another path than the one that it guards. The header's network
// runs in a planned workspace, after operators were merged and what is constant was removed; here the network as the model has it
// runs with each tensor in memory of its own between guards, twice for each operator, and every byte of what it writes must be
// written.
//
// Its kernels are those of the header: tests/reference judges them.
#pragma once

#include "tools/data/failure.hpp"
#include "tools/import/header.hpp"
#include "tools/import/stream.hpp"

namespace tools::importer {

// Of the importer itself, not of the model.
struct Fault : Failure {
  explicit Fault(const Failure& what) : Failure{what} {}
};

// `apart`: in which nothing was merged or removed. Throws Fault if an operator leaves part of its output as it was, or writes
// beyond it, and if `network`, run as the header will be, gives another answer, then or in the runs that follow.
Probe probe(const std::string& file, const Network& apart, const Network& network);

// Runs `streamed` on a random stream, in the workspace that it will have, and `apart` on each of the stream's windows, and throws
// Fault where they differ.
void probe_windows(const std::string& file, const Network& apart, const Streamed& streamed);

}  // namespace tools::importer
