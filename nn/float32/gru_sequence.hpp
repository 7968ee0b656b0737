// GruSequence: gated recurrent units over a sequence, in float32; it begins anew with each run. The gates are z, r and the
// candidate n, in this order.
//
//   z, r = logistic(W·x + b + R·h)    n = tanh(W·x + b + R·(r∘h))    h = (1 - z)∘n + z∘h, which is also y
//
// or, with the reset behind the product, n = tanh(W·x + b + r∘(R·h + c)): so PyTorch, cuDNN and Keras have it.
// Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/gates.hpp"
#include "nn/graph/call.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct GruSequence {
  static constexpr std::string_view kind = "GruSequence";

  graph::Recurrence shape;
  Gates gates;
  bool resets_before;       // before the product with the state, not behind it
  const float* reset_bias;  // c [units]; of one that resets behind

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(float)); }
  constexpr std::int32_t scratch() const { return (resets_before ? 8 : 4) * shape.units; }
  constexpr std::int64_t products() const { return shape.products(3); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape, 3); }});
    list("resets_before", resets_before);
    list("reset_bias", graph::listed(reset_bias, resets_before ? 0 : shape.units));
  }

  template <class Kernels>
  [[gnu::noinline]] void run_all(graph::Call call, float* y, const auto& from) const {
    const float *const x = graph::input_or_none<float>(from, 0), *const initial = graph::input_or_none<float>(from, 1);
    const std::int32_t units = shape.units;
    float* const made = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(scratch()) / sizeof(float));
    shape.walk(y, x, initial, made, [this, units](std::int32_t, float* next, const float* now, const float* h) {
      float* const left = next + units;  // of h, by the reset before the product
      if (resets_before)
        for (std::int32_t u = 0; u < units; ++u) left[u] = gate(units + u, now, h) * h[u];
      for (std::int32_t u = 0; u < units; ++u) {
        const float fresh = gates.of_input(shape, 2 * units + u, now);
        const float kept = resets_before ? gates.of_state(shape, 2 * units + u, left)
                                           : gate(units + u, now, h) * (gates.of_state(shape, 2 * units + u, h) + reset_bias[u]);
        const float update = gate(u, now, h);
        next[u] = (1 - update) * Elementary<float>::tanh(fresh + kept) + update * h[u];
      }
    });
  }

 private:
  float gate(std::int32_t row, const float* x, const float* h) const {
    return Elementary<float>::sigmoid(gates.sum(shape, row, x, h));
  }
};

}  // namespace nn::float32
