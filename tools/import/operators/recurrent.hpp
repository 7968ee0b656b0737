// What recurrent operators share that begin anew with each run. Inputs: x [steps][batch][inputs], W, R and biases of the gates,
// which are constants, and perhaps what the state begins with, [batch][units]. Output: [steps or 1][batch][units], as rows.
//
//   reversed    from the last step to the first
//   last_only   the output is that of the step which is done last
#pragma once

#include "nn/float32/gates.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

inline constexpr std::size_t first_state = 4;  // the input

// `gates` of them with `biases` for each unit, and up to `states` tensors that a state begins with; `tails`: how many of these
// stand behind the output.
void check_recurrent(const Node& node, int gates, int biases, std::size_t states, int tails = 0);

nn::graph::Recurrence recurrence(const Node& node);
// Their biases may be more than one for each row: these come after them.
nn::float32::Gates gates(Lowering& node);
// x, and what states begin with.
std::vector<std::size_t> recurrent_inputs(const Node& node);

}  // namespace tools::importer
