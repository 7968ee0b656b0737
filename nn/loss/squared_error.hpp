// SumSquaredError:  L = Σ (y - t)²           ∂L/∂y = 2·(y - t)
// MeanSquaredError: L = Σ (y - t)² / N       ∂L/∂y = 2·(y - t) / N      N outputs
#pragma once

#include <cstddef>
#include <span>

#include "nn/loss/loss.hpp"

namespace nn {

struct SumSquaredError : ValueLoss {
  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    typename Arithmetic::Loss loss{};
    for (std::size_t i = 0; i < Count; ++i) {
      const auto error = Arithmetic::difference(y[i], target[i]);
      loss = Arithmetic::loss(loss + Arithmetic::loss(error * error));
      g[i] = Arithmetic::gradient(error + error);
    }
    return loss;
  }
};

struct MeanSquaredError : ValueLoss {
  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    typename Arithmetic::Loss sum{};
    for (std::size_t i = 0; i < Count; ++i) {
      const auto error = Arithmetic::difference(y[i], target[i]);
      sum = Arithmetic::loss(sum + Arithmetic::loss(error * error));
      g[i] = Arithmetic::gradient(error * Arithmetic::template ratio<2, int{Count}>);
    }
    return Arithmetic::loss(sum * Arithmetic::template ratio<1, int{Count}>);
  }
};

}  // namespace nn
