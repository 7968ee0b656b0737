// Lstm: long short-term memory over a sequence, with a cell c of 16 bits and an output h of 8 or 16, both kept from run to run.
//
//   i, f, o = logistic(W·x + b + R·h)    g = tanh(W·x + b + R·h)    c = f·c + i·g    h = o·tanh(c), which is also y
//
// W·x + b and R·h are brought to 1/4096 and 16 bits each, then added; gates are in 1/32768. A gate of all units at once: its sums
// (nn::Int8Kernels), then its function.
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997); the bits are those of TensorFlow Lite Micro's lstm_eval.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/lstm_shape.hpp"
#include "nn/graph/members.hpp"
#include "nn/int16/requantize.hpp"
#include "nn/int16/sigmoid.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

// Sums of codes of 8 bits have 32, and wrap; of 16 bits they have 64.
template <class Code>
using LstmSum = std::conditional_t<sizeof(Code) == 1, std::int32_t, std::int64_t>;

template <class Code>
struct LstmGateOf {
  graph::LstmWeights<std::int8_t, LstmSum<Code>> weights;  // the zero point of x folded into the bias
  Scale scale;
  Scale recurrent_scale;
  const LstmSum<Code>* recurrent_bias;  // of codes of 8 bits: the zero point of h, as often as R is added, is taken off
  bool simple;                          // nn::Int8Rows

  constexpr void members(auto&& list, const graph::LstmShape& shape) const {
    list("weights", graph::Nested{[&](auto&& of) { weights.members(of, shape); }});
    list("scale", scale);
    list("recurrent_scale", recurrent_scale);
    if constexpr (sizeof(Code) == 1) list("recurrent_bias", graph::listed(recurrent_bias, shape.units));
    list("simple", simple);
  }
  constexpr std::int32_t one_of_each_constant() const {
    return weights.weight[0] + weights.recurrent[0] + static_cast<std::int32_t>(weights.bias[0] % 2 + recurrent_bias[0] % 2);
  }
  constexpr void forget_constants() {
    weights = {};
    recurrent_bias = nullptr;
  }
};

template <class Code>
struct LstmOf {
  static constexpr std::string_view kind = "Lstm";

  graph::LstmShape shape;
  graph::LstmGates<LstmGateOf<Code>> gates;
  std::int32_t cell_bits;          // c is in 2^-cell_bits
  Scale output_scale;              // of o·tanh(c), below 1/4
  int16::SigmoidInput cell_input;  // of tanh(c)
  std::int32_t clip;               // the most that c may be, either way; 32768: anything
  std::int32_t zero;               // of h
  const std::uint16_t* table;      // nn/int16/sigmoid.hpp
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp, of codes of 8 bits

  constexpr graph::Overlap overlap(int) const { return shape.overlap(sizeof(Code)); }
  // Two sums and four gates of each unit, what the core wants of x and h, and h.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const {
    if constexpr (requires { Kernels::int8_lstm_scratch(*this); }) return Kernels::int8_lstm_scratch(*this);
    return 16 * shape.units + wide_bytes<Kernels>() + static_cast<std::int32_t>(sizeof(Code)) * shape.units;
  }
  // All c, then all h.
  constexpr std::int32_t state() const { return (2 + static_cast<std::int32_t>(sizeof(Code))) * shape.batch * shape.units; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape); }});
    list("cell_bits", cell_bits);
    list("output_scale", output_scale);
    list("cell_input", cell_input);
    list("clip", clip);
    list("zero", zero);
    list("table", graph::listed(table, 256));
  }

  // What the core lays out, and what it needs no more.
  constexpr const LstmOf& matrix() const { return *this; }
  constexpr std::int32_t one_of_each_constant() const {
    std::int32_t sum = table[0];
    for (const LstmGateOf<Code>* of : {&gates.input, &gates.forget, &gates.cell, &gates.output})
      sum += of->one_of_each_constant();
    return sum;
  }
  constexpr void forget_constants() {
    for (LstmGateOf<Code>* of : {&gates.input, &gates.forget, &gates.cell, &gates.output}) of->forget_constants();
    table = nullptr;
  }

  template <class Kernels>
  void run(graph::Call call, Code* y, const Code* x) const {
    walk<Kernels>(call, y, x, {shape.rows(), shape.inputs, shape.units});
  }
  // Of one sequence, or of one step of all.
  template <class Kernels>
  [[gnu::noinline]] void walk(graph::Call call, Code* y, const Code* x, graph::LstmRows rows) const {
    if constexpr (requires { Kernels::int8_lstm(*this, call, y, x, rows); }) return Kernels::int8_lstm(*this, call, y, x, rows);
    const std::int32_t units = shape.units;
    std::int16_t* const cells = graph::numbers<std::int16_t>(call.state);
    Code* const outputs = graph::numbers<Code>(call.state + 2 * shape.batch * units);
    Code* const h =
        graph::begin_numbers<Code>(call.scratch + 16 * units + wide_bytes<Kernels>(), static_cast<std::size_t>(units));
    for (std::int32_t row = 0, last = rows.count - 1; row <= last; ++row) {
      const std::int32_t b = shape.sequence(row);
      Code* const kept = outputs + b * units;  // less the zero point, so that it is 0 at first; it wraps
      if (row == 0 || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) h[u] = static_cast<Code>(kept[u] + zero);
      step<Kernels>(call.scratch, x + row * rows.x, h, cells + b * units);
      graph::copy(y + row * rows.y, h, units);
      if (row == last || shape.batch > 1)
        for (std::int32_t u = 0; u < units; ++u) kept[u] = static_cast<Code>(h[u] - zero);
    }
  }

 private:
  static constexpr std::int32_t most_cell_bits = 20;
  static constexpr int16::SigmoidInput quarters{3, 0};  // of 1/4096: times 3 it is 1/12288

  template <class Kernels>
  constexpr std::int32_t wide_bytes() const {
    return sizeof(Code) == 1 ? Kernels::int8_wide_bytes(shape.inputs) + Kernels::int8_wide_bytes(shape.units) : 0;
  }

  // h and c of the next step.
  template <class Kernels>
  void step(std::byte* scratch, const Code* x, Code* h, std::int16_t* c) const {
    const std::int32_t units = shape.units;
    std::int16_t* const all = graph::begin_numbers<std::int16_t>(scratch + 8 * units, static_cast<std::size_t>(4 * units));
    std::int16_t *const i = all, *const f = i + units, *const g = f + units, *const o = g + units;
    if constexpr (sizeof(Code) == 1) {
      Kernels::int8_widen(x, shape.inputs, scratch + 16 * units);
      Kernels::int8_widen(h, units, scratch + 16 * units + Kernels::int8_wide_bytes(shape.inputs));
    }
    const auto logistic = [this](std::int32_t sum) { return int16::logistic<true>(table, quarters(sum)); };  // at most 3·32768
    sums<Kernels>(gates.input, scratch, x, h, i, logistic);
    sums<Kernels>(gates.forget, scratch, x, h, f, logistic);
    sums<Kernels>(gates.cell, scratch, x, h, g, [this](std::int32_t sum) { return int16::tanh(table, quarters(sum)); });
    sums<Kernels>(gates.output, scratch, x, h, o, logistic);
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

  // function(the input's part and that of the last output, each in 1/4096) of all units.
  template <class Kernels>
  void sums(const LstmGateOf<Code>& gate, std::byte* scratch, const Code* x, const Code* h, std::int16_t* y,
            auto function) const {
    if constexpr (sizeof(Code) == 1) {
      std::int32_t* const from_input = graph::begin_numbers<std::int32_t>(scratch, static_cast<std::size_t>(2 * shape.units));
      std::int32_t* const from_output = from_input + shape.units;
      const std::byte* const wide = scratch + 16 * shape.units;
      Kernels::int8_sums({gate.weights.weight, gate.weights.bias, shape.inputs, shape.units}, x, wide, from_input);
      Kernels::int8_sums({gate.weights.recurrent, gate.recurrent_bias, shape.units, shape.units}, h,
                         wide + Kernels::int8_wide_bytes(shape.inputs), from_output);
      Kernels::int8_add_scaled({from_input, from_output, gate.scale, gate.recurrent_scale, gate.simple}, shape.units,
                               [y, function](std::int32_t u, std::int32_t sum) { y[u] = function(sum); });
    } else {
      for (std::int32_t u = 0; u < shape.units; ++u) {
        std::int64_t from_input = gate.weights.bias[u], from_output = 0;
        for (std::int32_t k = 0; k < shape.inputs; ++k) from_input += gate.weights.weight[u * shape.inputs + k] * x[k];
        for (std::int32_t k = 0; k < shape.units; ++k) from_output += gate.weights.recurrent[u * shape.units + k] * h[k];
        y[u] = function(Kernels::template int8_within<16>(
            Kernels::template int8_within<16>(int16::requantize(from_input, gate.scale)) +
            Kernels::template int8_within<16>(int16::requantize(from_output, gate.recurrent_scale))));
      }
    }
  }
};

using Lstm = LstmOf<std::int8_t>;

}  // namespace nn::int8
