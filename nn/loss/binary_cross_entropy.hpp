// BinaryCrossEntropy: the cross-entropy of independent yes-or-no outputs against targets t in [0, 1], summed over the
// outputs: L = -Σ t·log y + (1 - t)·log(1 - y).
//
// With Sigmoid as last layer it starts from the logits z, stable for any size of z:
//   L = Σ log(1 + e^z) - t·z      ∂L/∂z = sigmoid z - t
// After any other layer y is held within [10^-7, 1 - 10^-7]:   ∂L/∂y = (y - t) / (y·(1 - y))
#pragma once

#include <cstddef>
#include <span>

#include "nn/layer/sigmoid.hpp"
#include "nn/loss/loss.hpp"

namespace nn {

struct BinaryCrossEntropy : ValueLoss {
  using Fuses = Sigmoid;

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_logits(std::span<const typename A::Activation, N> z, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    typename A::Loss loss{};
    for (std::size_t i = 0; i < N; ++i) {
      loss += A::Elementary::softplus(z[i]) - target[i] * z[i];
      g[i] = A::Elementary::sigmoid(z[i]) - target[i];
    }
    return loss;
  }

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    constexpr auto least = typename A::Activation(1e-7f);
    constexpr auto most = A::one - least;
    typename A::Loss loss{};
    for (std::size_t i = 0; i < N; ++i) {
      const auto p = y[i] < least ? least : y[i] > most ? most : y[i];
      loss -= target[i] * A::Elementary::log(p) + (A::one - target[i]) * A::Elementary::log(A::one - p);
      g[i] = (p - target[i]) / (p * (A::one - p));
    }
    return loss;
  }
};

}  // namespace nn
