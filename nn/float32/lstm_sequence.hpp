// LstmSequence: long short-term memory over a sequence, in float32; it begins anew with each run. The gates are i, o, f and the
// candidate g, in this order.
//
//   i, o, f = logistic(W·x + b + R·h)    g = tanh(W·x + b + R·h)    c = f∘c + i∘g    h = o∘tanh(c), which is also y
//
// Coupled, f = 1 - i. The last c may stand behind y, as [batch][units].
// Hochreiter and Schmidhuber, Long Short-Term Memory (1997); Gers et al., Learning to Forget (2000).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/gates.hpp"
#include "nn/graph/call.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct LstmSequence {
  static constexpr std::string_view kind = "LstmSequence";

  graph::Recurrence shape;
  Gates gates;
  bool coupled;
  bool gives_cells;  // behind y

  constexpr graph::Overlap overlap(int input) const {
    return gives_cells ? graph::no_overlap : shape.overlap(input, sizeof(float));
  }
  constexpr std::int32_t scratch() const { return 4 * (shape.units + (gives_cells ? 0 : shape.states())); }
  constexpr std::int64_t products() const { return shape.products(coupled ? 3 : 4); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape, 4); }});
    list("coupled", coupled);
    list("gives_cells", gives_cells);
  }

  template <class Kernels>
  [[gnu::noinline]] void run_all(graph::Call call, float* y, const auto& from) const {
    const float *const x = graph::input_or_none<float>(from, 0), *const initial = graph::input_or_none<float>(from, 1);
    const std::int32_t units = shape.units;
    float* const made = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(scratch()) / sizeof(float));
    float* const cells = gives_cells ? y + (shape.last_only ? 1 : shape.steps) * shape.states() : made + units;
    shape.begin(cells, graph::input_or_none<float>(from, 2));
    shape.walk(y, x, initial, made, [=, this](std::int32_t b, float* next, const float* now, const float* h) {
      float* const c = cells + b * units;
      for (std::int32_t u = 0; u < units; ++u) {
        const float in = gate(u, now, h), forget = coupled ? 1 - in : gate(2 * units + u, now, h);
        c[u] = forget * c[u] + in * Elementary<float>::tanh(gates.sum(shape, 3 * units + u, now, h));
        next[u] = gate(units + u, now, h) * Elementary<float>::tanh(c[u]);
      }
    });
  }

 private:
  float gate(std::int32_t row, const float* x, const float* h) const {
    return Elementary<float>::sigmoid(gates.sum(shape, row, x, h));
  }
};

}  // namespace nn::float32
