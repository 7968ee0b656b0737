// A recurrent layer as a model of the importer, run in the workspace that the planner finds.
#pragma once

#include "sequences.hpp"

namespace reference {

// The outputs of so many runs, one after the other, of a model made of this layer alone. Throws std::exception with the sentence
// that refuses it.
std::vector<std::vector<Integer>> run_sequence(const Sequence& sequence, int runs);

}  // namespace reference
