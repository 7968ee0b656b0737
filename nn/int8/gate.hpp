// A gate of a recurrent layer, on codes of 8 or 16 bits: from a frame x and the last output h, for each unit,
//
//   sum = s·(W·x + b) + t·(R·h + c)      each part is brought to 16 bits by a scale of its own, and so is their sum
//
// GateInputs has x and h as the core wants them, once for all gates of a step; GateFunctions are those of sums in 1/4096, with
// results in 1/32768 (nn/int16/sigmoid.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/call.hpp"
#include "nn/graph/gate_weights.hpp"
#include "nn/graph/members.hpp"
#include "nn/int16/requantize.hpp"
#include "nn/int16/sigmoid.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

// Sums of codes of 8 bits have 32, and wrap; of 16 bits they have 64.
template <class Code>
using GateSum = std::conditional_t<sizeof(Code) == 1, std::int32_t, std::int64_t>;

template <class Code>
struct GateOf {
  graph::GateWeights<std::int8_t, GateSum<Code>> weights;  // the zero point of x folded into the bias
  Scale scale;
  Scale recurrent_scale;
  const GateSum<Code>* recurrent_bias;  // of codes of 8 bits: c, with the zero point of h folded in
  bool simple;                          // nn::Int8Rows

  constexpr void members(auto&& list, const auto& shape) const {
    list("weights", graph::Nested{[&](auto&& of) { weights.members(of, shape); }});
    list("scale", scale);
    list("recurrent_scale", recurrent_scale);
    if constexpr (sizeof(Code) == 1) list("recurrent_bias", graph::listed(recurrent_bias, shape.units));
    list("simple", simple);
  }
};

using Gate = GateOf<std::int8_t>;

struct GateFunctions {
  const std::uint16_t* table;

  std::int16_t logistic(std::int32_t sum) const { return int16::logistic<true>(table, quarters(sum)); }  // at most 3·32768
  std::int16_t tanh(std::int32_t sum) const { return int16::tanh(table, quarters(sum)); }

 private:
  static constexpr int16::SigmoidInput quarters{3, 0};  // of 1/4096: times 3 it is 1/12288
};

// x [inputs] and h [units], of a shape that has both numbers.
template <class Code, class Kernels>
class GateInputs {
 public:
  // Bytes: two sums of each unit, and what the core wants of x and h.
  static constexpr std::int32_t scratch(const auto& shape) {
    return 8 * shape.units + wide_bytes(shape.inputs) + wide_bytes(shape.units);
  }

  GateInputs(const auto& shape, std::byte* scratch, const Code* frame, const Code* output)
      : inputs{shape.inputs}, units{shape.units}, from_input{graph::begin_numbers<std::int32_t>(scratch, static_cast<std::size_t>(2 * units))},
        wide_x{scratch + 8 * units}, wide_h{wide_x + wide_bytes(inputs)}, x{frame} {
    if constexpr (sizeof(Code) == 1) Kernels::int8_widen(x, inputs, wide_x);
    read(output);
  }

  // What stands in the place of h from now on.
  void read(const Code* output) {
    h = output;
    if constexpr (sizeof(Code) == 1) Kernels::int8_widen(h, units, wide_h);
  }

  // y = function(sum) of all units.
  void apply(const GateOf<Code>& gate, std::int16_t* y, auto function) const {
    if constexpr (sizeof(Code) == 1) {
      add_up(gate);
      Kernels::int8_add_scaled({from_input, from_input + units, gate.scale, gate.recurrent_scale, gate.simple}, units,
                               [y, function](std::int32_t u, std::int32_t sum) { y[u] = function(sum); });
    } else {
      for (std::int32_t u = 0; u < units; ++u) {
        std::int64_t input_sum = gate.weights.bias[u], output_sum = 0;
        for (std::int32_t k = 0; k < inputs; ++k) input_sum += gate.weights.weight[u * inputs + k] * x[k];
        for (std::int32_t k = 0; k < units; ++k) output_sum += gate.weights.recurrent[u * units + k] * h[k];
        y[u] = function(within(within(int16::requantize(input_sum, gate.scale)) + within(int16::requantize(output_sum, gate.recurrent_scale))));
      }
    }
  }

  // y = function(u, part of x, part of h), each in 16 bits, of all units.
  void apply_apart(const GateOf<Code>& gate, std::int16_t* y, auto function) const
    requires(sizeof(Code) == 1)
  {
    add_up(gate);
    const auto part = [&gate](std::int32_t sum, Scale scale) { return within(gate.simple ? Kernels::int8_scaled(sum, scale) : requantize(sum, scale)); };
    for (std::int32_t u = 0; u < units; ++u) y[u] = function(u, part(from_input[u], gate.scale), part(from_input[units + u], gate.recurrent_scale));
  }

 private:
  static constexpr std::int32_t wide_bytes(std::int32_t count) { return sizeof(Code) == 1 ? Kernels::int8_wide_bytes(count) : 0; }
  static constexpr std::int32_t within(std::int32_t sum) { return Kernels::template int8_within<16>(sum); }

  void add_up(const GateOf<Code>& gate) const {
    Kernels::int8_sums({gate.weights.weight, gate.weights.bias, inputs, units}, x, wide_x, from_input);
    Kernels::int8_sums({gate.weights.recurrent, gate.recurrent_bias, units, units}, h, wide_h, from_input + units);
  }

  std::int32_t inputs, units;
  std::int32_t* from_input;  // [2][units]
  std::byte *wide_x, *wide_h;
  const Code *x, *h = nullptr;
};

}  // namespace nn::int8
