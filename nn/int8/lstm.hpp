// Lstm: long short-term memory over a sequence, with a cell c of 16 bits and an output h of 8 or 16, both kept from run to run.
//
//   i, f, o = logistic(W·x + b + R·h)    g = tanh(W·x + b + R·h)    c = f·c + i·g    h = o·tanh(c), which is also y
//
// W·x + b and R·h are brought to 1/4096 and 16 bits each, then added; gates are in 1/32768.
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997); the bits are those of TensorFlow Lite Micro's lstm_eval.
#pragma once

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

namespace nn::int8 {

// Sums of codes of 8 bits have 32, and wrap; of 16 bits they have 64.
template <class Code>
using LstmSum = std::conditional_t<sizeof(Code) == 1, std::int32_t, std::int64_t>;

template <class Code>
struct LstmGateOf {
  graph::LstmWeights<std::int8_t, LstmSum<Code>> weights;  // the zero point of x folded into the bias
  Scale scale;
  Scale recurrent_scale;

  constexpr void members(auto&& list, const graph::LstmShape& shape) const {
    list("weights", graph::Nested{[&](auto&& of) { weights.members(of, shape); }});
    list("scale", scale);
    list("recurrent_scale", recurrent_scale);
  }
};

template <class Code>
struct LstmOf {
  static constexpr std::string_view kind = "Lstm";

  graph::LstmShape shape;
  graph::LstmGates<LstmGateOf<Code>> gates;
  Scale forget_scale;  // of f·c
  Scale input_scale;   // of i·g
  Scale output_scale;  // of o·tanh(c)
  int16::SigmoidInput cell_input;  // of tanh(c)
  std::int32_t clip;               // the most that c may be, either way
  Range range;                     // of h
  const std::uint16_t* table;      // nn/int16/sigmoid.hpp

  constexpr graph::Overlap overlap(int) const { return shape.overlap(sizeof(Code)); }
  constexpr std::int32_t scratch() const { return shape.units * static_cast<std::int32_t>(sizeof(Code)); }
  // All c, then all h.
  constexpr std::int32_t state() const { return (2 + static_cast<std::int32_t>(sizeof(Code))) * shape.batch * shape.units; }
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape); }});
    list("forget_scale", forget_scale);
    list("input_scale", input_scale);
    list("output_scale", output_scale);
    list("cell_input", cell_input);
    list("clip", clip);
    list("range", range);
    list("table", graph::listed(table, 256));
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, Code* y, const Code* x) const {
    const std::int32_t units = shape.units;
    std::int16_t* const cells = graph::numbers<std::int16_t>(call.state);
    Code* const outputs = graph::numbers<Code>(call.state + 2 * shape.batch * units);
    Code* const next = graph::begin_numbers<Code>(call.scratch, static_cast<std::size_t>(units));
    for (std::int32_t row = 0; row < shape.rows(); ++row, x += shape.inputs, y += units) {
      const std::int32_t b = shape.sequence(row);
      Code* const h = outputs + b * units;
      for (std::int32_t u = 0; u < units; ++u) next[u] = unit<Kernels>(u, x, h, cells[b * units + u]);
      graph::copy(y, next, units);
      for (std::int32_t u = 0; u < units; ++u) h[u] = static_cast<Code>(y[u] - range.zero);  // wraps
    }
  }

 private:
  static constexpr int16::SigmoidInput quarters{3, 0};  // of 1/4096: times 3 it is 1/12288

  static constexpr std::int32_t within_16(std::int32_t x) { return clamp(x, -32768, 32767); }

  template <class Kernels>
  Code unit(std::int32_t u, const Code* x, const Code* h, std::int16_t& c) const {
    const std::int32_t forgotten = requantize(logistic<Kernels>(sum(gates.forget, u, x, h)) * c, forget_scale);
    const std::int32_t added =
        requantize(logistic<Kernels>(sum(gates.input, u, x, h)) * tanh<Kernels>(sum(gates.cell, u, x, h), quarters), input_scale);
    c = static_cast<std::int16_t>(clamp(within_16(within_16(forgotten) + within_16(added)), -clip, clip));
    return code<Code>(requantize(tanh<Kernels>(c, cell_input) * logistic<Kernels>(sum(gates.output, u, x, h)), output_scale),
                      range);
  }

  // The input's part and that of the last output, each in 1/4096.
  std::int32_t sum(const LstmGateOf<Code>& gate, std::int32_t u, const Code* x, const Code* h) const {
    using Wrapping = std::make_unsigned_t<LstmSum<Code>>;
    Wrapping from_input = static_cast<Wrapping>(gate.weights.bias[u]);
    for (std::int32_t i = 0; i < shape.inputs; ++i)
      from_input += static_cast<Wrapping>(gate.weights.weight[u * shape.inputs + i] * x[i]);
    Wrapping from_output = 0;
    for (std::int32_t i = 0; i < shape.units; ++i) {
      const std::int32_t difference = static_cast<Code>(h[i] + range.zero) - range.zero;
      from_output += static_cast<Wrapping>(gate.weights.recurrent[u * shape.units + i] * difference);
    }
    return within_16(within_16(scaled(from_input, gate.scale)) + within_16(scaled(from_output, gate.recurrent_scale)));
  }
  static std::int32_t scaled(std::uint32_t sum, Scale scale) { return requantize(static_cast<std::int32_t>(sum), scale); }
  static std::int32_t scaled(std::uint64_t sum, Scale scale) { return int16::requantize(static_cast<std::int64_t>(sum), scale); }

  template <class Kernels>
  std::int32_t logistic(std::int32_t x) const {
    std::int16_t value = static_cast<std::int16_t>(x);
    int16::Logistic{1, quarters, table}.run<Kernels>({}, &value, &value);
    return value;
  }
  template <class Kernels>
  std::int32_t tanh(std::int32_t x, int16::SigmoidInput scale) const {
    std::int16_t value = static_cast<std::int16_t>(x);
    int16::Tanh{1, scale, table}.run<Kernels>({}, &value, &value);
    return value;
  }
};

using Lstm = LstmOf<std::int8_t>;

}  // namespace nn::int8
