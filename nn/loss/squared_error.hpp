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
      const auto error = A::difference(y[i], target[i]);
      loss = A::loss(loss + A::loss(error * error));
      g[i] = A::gradient(error + error);
    }
    return loss;
  }
};

struct MeanSquaredError : ValueLoss {
  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    typename A::Loss sum{};
    for (std::size_t i = 0; i < N; ++i) {
      const auto error = A::difference(y[i], target[i]);
      sum = A::loss(sum + A::loss(error * error));
      g[i] = A::gradient(error * A::template ratio<2, int{N}>);
    }
    return A::loss(sum * A::template ratio<1, int{N}>);
  }
};

}  // namespace nn
