// Lstm: long short-term memory over a sequence, in float32; the cell c and the output h are kept from run to run.
//
//   x  [batch][steps][inputs]    W  [units][inputs], R  [units][units], b  [units] of each gate    y  [batch][steps][units]
//
// or, with the time first, x [steps][batch][inputs] and y [steps][batch][units].
//
//   i, f, o = logistic(W·x + R·h + b)    g = tanh(W·x + R·h + b)    c = f·c + i·g    h = o·tanh(c), which is also y
//
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct LstmGate {
  const float* weight;
  const float* recurrent;
  const float* bias;

  constexpr void members(auto&& list, std::int32_t inputs, std::int32_t units) const {
    list("weight", graph::listed(weight, units * inputs));
    list("recurrent", graph::listed(recurrent, units * units));
    list("bias", graph::listed(bias, units));
  }
};

struct Lstm {
  static constexpr std::string_view kind = "Lstm";

  std::int32_t batch;
  bool time_first;
  std::int32_t steps;
  std::int32_t inputs;
  std::int32_t units;
  LstmGate input;
  LstmGate forget;
  LstmGate cell;
  LstmGate output;
  float clip;  // the most that c may be, either way; 0: anything

  // Forward only.
  constexpr graph::Overlap overlap(int) const {
    return graph::in_bytes({graph::walked_rows(batch * steps, inputs, units).below, graph::apart}, sizeof(float));
  }
  constexpr std::int32_t scratch() const { return 4 * units; }
  constexpr std::int32_t state() const { return 8 * batch * units; }  // all c, then all h
  constexpr std::int64_t products() const { return std::int64_t{4} * batch * steps * units * (inputs + units); }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("time_first", time_first);
    list("steps", steps);
    list("inputs", inputs);
    list("units", units);
    list("input", graph::Nested{[this](auto&& of) { input.members(of, inputs, units); }});
    list("forget", graph::Nested{[this](auto&& of) { forget.members(of, inputs, units); }});
    list("cell", graph::Nested{[this](auto&& of) { cell.members(of, inputs, units); }});
    list("output", graph::Nested{[this](auto&& of) { output.members(of, inputs, units); }});
    list("clip", clip);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    float* const cells = graph::numbers<float>(call.state);
    float* const outputs = graph::numbers<float>(call.state + 4 * batch * units);
    float* const next = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(units));
    for (std::int32_t row = 0; row < batch * steps; ++row, x += inputs, y += units) {
      const std::int32_t b = time_first ? row % batch : row / steps;
      float* const h = outputs + b * units;
      for (std::int32_t u = 0; u < units; ++u) next[u] = unit(u, x, h, cells[b * units + u]);
      graph::copy(y, next, units);
      graph::copy(h, next, units);
    }
  }

 private:
  using Function = Elementary<float>;

  float unit(std::int32_t u, const float* x, const float* h, float& c) const {
    const float forgotten = Function::sigmoid(sum(forget, u, x, h)) * c;
    const float value = forgotten + Function::sigmoid(sum(input, u, x, h)) * Function::tanh(sum(cell, u, x, h));
    c = clip > 0 ? (value < -clip ? -clip : value > clip ? clip : value) : value;
    return Function::sigmoid(sum(output, u, x, h)) * Function::tanh(c);
  }

  float sum(const LstmGate& gate, std::int32_t u, const float* x, const float* h) const {
    float sum = gate.bias[u];
    for (std::int32_t i = 0; i < inputs; ++i) sum += gate.weight[u * inputs + i] * x[i];
    for (std::int32_t i = 0; i < units; ++i) sum += gate.recurrent[u * units + i] * h[i];
    return sum;
  }
};

}  // namespace nn::float32
