// BinaryCrossEntropy: the cross-entropy of independent yes-or-no outputs against targets t in [0, 1], summed over the
// outputs: L = -Σ t·log y + (1 - t)·log(1 - y).
//
// With Sigmoid as last layer it starts from the logits z, stable for any size of z:
//   L = Σ log(1 + e^z) - t·z      ∂L/∂z = sigmoid z - t
// After any other layer y is held within [least, 1 - least], least being 10^-7 or one step of a fixed-point format:
//     ∂L/∂y = (y - t) / (y·(1 - y))
#pragma once

#include <cstddef>
#include <span>

#include "nn/layer/sigmoid.hpp"
#include "nn/loss/loss.hpp"
#include "nn/number/functions.hpp"

namespace nn {

struct BinaryCrossEntropy : ValueLoss {
  using Fuses = Sigmoid;

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_logits(std::span<const typename A::Activation, N> z, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    typename A::Loss loss{};
    for (std::size_t i = 0; i < N; ++i) {
      loss = A::loss(loss + A::loss(softplus<typename A::Loss>(z[i]) - A::loss(target[i] * z[i])));
      g[i] = A::gradient(sigmoid<typename A::Gradient>(z[i]) - target[i]);
    }
    return loss;
  }

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, Target<A, N> target,
                                                std::span<typename A::Gradient, N> g) {
    using Loss = typename A::Loss;
    constexpr auto least = A::least;
    constexpr auto most = A::activation(A::one - least);
    Loss loss{};
    for (std::size_t i = 0; i < N; ++i) {
      const auto t = target[i];
      const auto p = y[i] < least ? least : y[i] > most ? most : y[i];
      const auto not_p = A::activation(A::one - p);
      const auto not_t = A::activation(A::one - t);
      loss = A::loss(loss - A::loss(A::loss(t * log<Loss>(p)) + A::loss(not_t * log<Loss>(not_p))));
      g[i] = A::gradient(A::quotient(A::difference(p, t), A::slope(p * not_p)));
    }
    return loss;
  }
};

}  // namespace nn
