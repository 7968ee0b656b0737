// LstmCell: one step of a long short-term memory, with a cell c of 16 bits and an output h of 8 or 16.
//
//   i, f, o = logistic(W·x + b + R·h)    g = tanh(W·x + b + R·h)    c = f·c + i·g    h = o·tanh(c)
//
// W·x + b and R·h are brought to 1/4096 and 16 bits each, then added; gates are in 1/32768. A gate of all units at once: its sums
// (nn/int8/gate.hpp), then its function.
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997); the bits are those of TensorFlow Lite Micro's lstm_eval.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/graph/lstm_gates.hpp"
#include "nn/int8/gate.hpp"

namespace nn::int8 {

template <class Code>
struct LstmCellOf {
  graph::LstmGates<GateOf<Code>> gates;
  std::int32_t cell_bits;          // c is in 2^-cell_bits
  Scale output_scale;              // of o·tanh(c), below 1/4
  int16::SigmoidInput cell_input;  // of tanh(c)
  std::int32_t clip;               // the most that c may be, either way; 32768: anything
  std::int32_t zero;               // of h
  const std::uint16_t* table;      // nn/int16/sigmoid.hpp

  // Those of GateInputs, and four gates of each unit.
  template <class Kernels>
  static constexpr std::int32_t scratch(const auto& shape) { return GateInputs<Code, Kernels>::scratch(shape) + 8 * shape.units; }
  constexpr void members(auto&& list, const auto& shape) const {
    list("gates", graph::Nested{[&](auto&& of) { gates.members(of, shape); }});
    list("cell_bits", cell_bits);
    list("output_scale", output_scale);
    list("cell_input", cell_input);
    list("clip", clip);
    list("zero", zero);
    list("table", graph::listed(table, 256));
  }

  // h and c of the next step.
  template <class Kernels>
  void step(const auto& shape, std::byte* scratch, const Code* x, Code* h, std::int16_t* c) const {
    using Inputs = GateInputs<Code, Kernels>;
    const std::int32_t units = shape.units;
    std::int16_t* const all = graph::begin_numbers<std::int16_t>(scratch + Inputs::scratch(shape), static_cast<std::size_t>(4 * units));
    std::int16_t *const i = all, *const f = i + units, *const g = f + units, *const o = g + units;
    const Inputs inputs{shape, scratch, x, h};
    const GateFunctions function{table};
    const auto logistic = [function](std::int32_t sum) { return function.logistic(sum); };
    inputs.apply(gates.input, i, logistic);
    inputs.apply(gates.forget, f, logistic);
    inputs.apply(gates.cell, g, [function](std::int32_t sum) { return function.tanh(sum); });
    inputs.apply(gates.output, o, logistic);
    const Scale to_16{1 << 30, -14}, to_cell{1 << 30, std::min(cell_bits, most_cell_bits) - 29};  // 2^-15, 2^(cell_bits - 30)
    for (std::int32_t u = 0; u < units; ++u) {
      const std::int32_t added = Kernels::template int8_within<16>(Kernels::int8_scaled(i[u] * g[u], to_cell));
      c[u] = static_cast<std::int16_t>(Kernels::template int8_within<16>(Kernels::int8_scaled(f[u] * c[u], to_16) + added));
    }
    if (clip < 32768)
      for (std::int32_t u = 0; u < units; ++u) c[u] = static_cast<std::int16_t>(clamp(c[u], -clip, clip));
    const int16::SigmoidInput to_tanh = cell_input;
    const Scale to_output{output_scale.multiplier, std::min(output_scale.shift, std::int32_t{-2})};
    const std::uint16_t* const values = table;
    const std::int32_t middle = zero;
    for (std::int32_t u = 0; u < units; ++u) {
      const std::int32_t output = Kernels::int8_scaled(int16::tanh(values, to_tanh(c[u])) * o[u], to_output) + middle;
      h[u] = static_cast<Code>(Kernels::template int8_within<8 * sizeof(Code)>(output));
    }
  }

 private:
  static constexpr std::int32_t most_cell_bits = 20;
};

}  // namespace nn::int8
