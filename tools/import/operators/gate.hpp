// Gates of recurrent operators on int8: nn::int8::Gate.
#pragma once

#include "nn/int8/gate.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

// Row by row, before the zero points of x and h are folded in.
struct GateNumbers {
  std::vector<std::int8_t> weight, recurrent;
  std::vector<std::int64_t> bias, recurrent_bias;  // the second may be empty: 0
  Scale scale, recurrent_scale;
};
nn::int8::Gate keep_gate(Lowering& node, GateNumbers numbers, std::int32_t zero_x, std::int32_t zero_h);

// From sums of products of codes with these scales to so many units of 1.
inline Scale sum_scale(float product, double units) { return fixed_scale(static_cast<double>(product) * units); }

// What brings o·tanh(c), or another number in 2^-30, to codes of the output.
Scale output_scale(const Node& node);

}  // namespace tools::importer
