// Lstm: long short-term memory over a sequence, in float32; the cell c and the output h are kept from run to run.
//
//   i, f, o = logistic(W·x + R·h + b)    g = tanh(W·x + R·h + b)    c = f·c + i·g    h = o·tanh(c), which is also y
//
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/lstm_shape.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

using LstmGate = graph::LstmWeights<float, float>;

struct Lstm {
  static constexpr std::string_view kind = "Lstm";

  graph::LstmShape shape;
  graph::LstmGates<LstmGate> gates;
  float clip;  // the most that c may be, either way; 0: anything

  constexpr graph::Overlap overlap(int) const { return shape.overlap(sizeof(float)); }
  constexpr std::int32_t scratch() const { return 4 * shape.units; }
  constexpr std::int32_t state() const { return 8 * shape.batch * shape.units; }  // all c, then all h
  constexpr std::int64_t products() const { return shape.products(); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape); }});
    list("clip", clip);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    const std::int32_t units = shape.units;
    float* const cells = graph::numbers<float>(call.state);
    float* const outputs = graph::numbers<float>(call.state + 4 * shape.batch * units);
    float* const next = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(units));
    for (std::int32_t row = 0; row < shape.rows(); ++row, x += shape.inputs, y += units) {
      const std::int32_t b = shape.sequence(row);
      float* const h = outputs + b * units;
      for (std::int32_t u = 0; u < units; ++u) next[u] = unit(u, x, h, cells[b * units + u]);
      graph::copy(y, next, units);
      graph::copy(h, next, units);
    }
  }

 private:
  using Function = Elementary<float>;

  float unit(std::int32_t u, const float* x, const float* h, float& c) const {
    const float forgotten = Function::sigmoid(sum(gates.forget, u, x, h)) * c;
    const float value = forgotten + Function::sigmoid(sum(gates.input, u, x, h)) * Function::tanh(sum(gates.cell, u, x, h));
    c = clip > 0 ? (value < -clip ? -clip : value > clip ? clip : value) : value;
    return Function::sigmoid(sum(gates.output, u, x, h)) * Function::tanh(c);
  }

  float sum(const LstmGate& gate, std::int32_t u, const float* x, const float* h) const {
    float sum = gate.bias[u];
    for (std::int32_t i = 0; i < shape.inputs; ++i) sum += gate.weight[u * shape.inputs + i] * x[i];
    for (std::int32_t i = 0; i < shape.units; ++i) sum += gate.recurrent[u * shape.units + i] * h[i];
    return sum;
  }
};

}  // namespace nn::float32
