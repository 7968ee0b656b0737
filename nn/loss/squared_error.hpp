// SumSquaredError:  L = Σ (y - t)²           ∂L/∂y = 2·(y - t)
// MeanSquaredError: L = Σ (y - t)² / N       ∂L/∂y = 2·(y - t) / N      N outputs
#pragma once

#include <cstddef>
#include <span>

#include "nn/loss/loss.hpp"

namespace nn {

struct SumSquaredError : ValueLoss {
  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    typename A::Loss loss{};
    for (std::size_t i = 0; i < N; ++i) {
      const auto error = y[i] - target[i];
      loss += error * error;
      g[i] = error + error;
    }
    return loss;
  }
};

struct MeanSquaredError : ValueLoss {
  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    constexpr auto share = A::one / typename A::Activation(N);
    const auto sum = SumSquaredError::from_output<A, N>(y, target, g);
    for (std::size_t i = 0; i < N; ++i) g[i] = A::gradient(g[i] * share);
    return sum * share;
  }
};

}  // namespace nn
