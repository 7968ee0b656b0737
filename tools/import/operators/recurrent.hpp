// What recurrent operators share that begin anew with each run. Inputs: x [steps][batch][inputs], W, R and biases of the gates,
// which are constants, and perhaps what the state begins with, [batch][units]. Output: [steps or 1][batch][units], as rows.
//
//   reversed    from the last step to the first
//   last_only   the output is that of the step which is done last
//
// In float32, or with x, W, R and the output of int8 and biases of int32, which begins at 0: W and R have one scale, or one for
// each row that is the same for all rows of a gate.
#pragma once

#include <optional>

#include "nn/float32/gates.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/gate.hpp"

namespace tools::importer {

inline constexpr std::size_t first_state = 4;  // the input

// `gates` of them with `biases` for each unit, and up to `states` tensors that a state begins with; `tails`: how many of these
// stand behind the output.
void check_recurrent(const Node& node, int gates, int biases, std::size_t states, int tails = 0);

nn::graph::Recurrence recurrence(const Node& node);
// Their biases may be more than one for each row: these come after them.
nn::float32::Gates gates(Lowering& node);
// Gate g of int8, whose parts of x and of the last output are in so many units of 1; block `recurrent_bias` of the biases, if
// there is one, belongs to the second.
nn::int8::Gate coded_gate(Lowering& node, std::size_t g, double units_x = 4096, double units_h = 4096,
                          std::optional<std::size_t> recurrent_bias = {});
// x, and what states begin with.
std::vector<std::size_t> recurrent_inputs(const Node& node);

}  // namespace tools::importer
