// A gate of a recurrent layer on codes of 8 bits: from a frame x and the last output h, for each unit,
//
//   sum = s·(W·x + b) + t·(R·h + c)      each part is brought to 16 bits by a scale of its own, and so is their sum
//
// as in an LSTM. GateInputs has x and h as the core wants them, once for all gates of a step; GateFunctions are those of sums in
// 1/4096, with results in 1/32768 (nn/int16/sigmoid.hpp).
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/graph/recurrence.hpp"
#include "nn/int8/lstm.hpp"

namespace nn::int8 {

using Gate = LstmGateOf<std::int8_t>;

// The same sizes.
constexpr graph::LstmShape lstm_shape(const graph::Recurrence& of) { return {of.batch, true, of.steps, of.inputs, of.units}; }

struct GateFunctions {
  const std::uint16_t* table;

  std::int16_t logistic(std::int32_t sum) const { return int16::logistic<true>(table, quarters(sum)); }  // at most 3·32768
  std::int16_t tanh(std::int32_t sum) const { return int16::tanh(table, quarters(sum)); }

 private:
  static constexpr int16::SigmoidInput quarters{3, 0};  // of 1/4096: times 3 it is 1/12288
};

template <class Kernels>
class GateInputs {
 public:
  // Bytes: two sums of each unit, and what the core wants of x and h.
  static constexpr std::int32_t scratch(const graph::Recurrence& shape) {
    return 8 * shape.units + Kernels::int8_wide_bytes(shape.inputs) + Kernels::int8_wide_bytes(shape.units);
  }

  GateInputs(const graph::Recurrence& shape, std::byte* scratch, const std::int8_t* frame, const std::int8_t* output)
      : inputs{shape.inputs},
        units{shape.units},
        from_input{graph::begin_numbers<std::int32_t>(scratch, static_cast<std::size_t>(2 * units))},
        wide_x{scratch + 8 * units},
        wide_h{wide_x + Kernels::int8_wide_bytes(inputs)},
        x{frame} {
    Kernels::int8_widen(x, inputs, wide_x);
    read(output);
  }

  // What stands in the place of h from now on.
  void read(const std::int8_t* output) {
    h = output;
    Kernels::int8_widen(h, units, wide_h);
  }

  // y = function(sum) of all units.
  void apply(const Gate& gate, std::int16_t* y, auto function) const {
    add_up(gate);
    Kernels::int8_add_scaled({from_input, from_input + units, gate.scale, gate.recurrent_scale, gate.simple}, units,
                             [y, function](std::int32_t u, std::int32_t sum) { y[u] = function(sum); });
  }

  // y = function(u, part of x, part of h), each in 16 bits, of all units.
  void apply_apart(const Gate& gate, std::int16_t* y, auto function) const {
    add_up(gate);
    const auto part = [&gate](std::int32_t sum, Scale scale) {
      return Kernels::template int8_within<16>(gate.simple ? Kernels::int8_scaled(sum, scale) : requantize(sum, scale));
    };
    for (std::int32_t u = 0; u < units; ++u)
      y[u] = function(u, part(from_input[u], gate.scale), part(from_input[units + u], gate.recurrent_scale));
  }

 private:
  void add_up(const Gate& gate) const {
    Kernels::int8_sums({gate.weights.weight, gate.weights.bias, inputs, units}, x, wide_x, from_input);
    Kernels::int8_sums({gate.weights.recurrent, gate.recurrent_bias, units, units}, h, wide_h, from_input + units);
  }

  std::int32_t inputs, units;
  std::int32_t* from_input;  // [2][units]
  std::byte *wide_x, *wide_h;
  const std::int8_t *x, *h = nullptr;
};

}  // namespace nn::int8
