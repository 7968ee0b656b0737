// BinaryCrossEntropy: the cross-entropy of independent yes-or-no outputs against targets t in [0, 1], summed over the
// outputs: L = -Σ t·log y + (1 - t)·log(1 - y).
//
// With Sigmoid as last layer it starts from the logits z, stable for any size of z:
//   L = Σ log(1 + e^z) - t·z      ∂L/∂z = sigmoid z - t
// After any other layer that gives probabilities (nn/loss/fits.hpp) y is held within [least, 1 - least], least being 10^-7 or
// one step of a fixed-point format:
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
  static constexpr bool takes_probabilities = true;

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_logits(std::span<const typename Arithmetic::Activation, Count> z,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    typename Arithmetic::Loss loss{};
    for (std::size_t i = 0; i < Count; ++i) {
      loss = Arithmetic::loss(loss +
                              Arithmetic::loss(softplus<typename Arithmetic::Loss>(z[i]) - Arithmetic::loss(target[i] * z[i])));
      g[i] = Arithmetic::gradient(sigmoid<typename Arithmetic::Gradient>(z[i]) - target[i]);
    }
    return loss;
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    using Loss = typename Arithmetic::Loss;
    constexpr auto least = Arithmetic::least;
    constexpr auto most = Arithmetic::activation(Arithmetic::one - least);
    Loss loss{};
    for (std::size_t i = 0; i < Count; ++i) {
      const auto t = target[i];
      const auto p = y[i] < least ? least : y[i] > most ? most : y[i];
      const auto not_p = Arithmetic::activation(Arithmetic::one - p);
      const auto not_t = Arithmetic::activation(Arithmetic::one - t);
      loss = Arithmetic::loss(loss -
                              Arithmetic::loss(Arithmetic::loss(t * log<Loss>(p)) + Arithmetic::loss(not_t * log<Loss>(not_p))));
      g[i] = Arithmetic::gradient(Arithmetic::quotient(Arithmetic::difference(p, t), Arithmetic::slope(p * not_p)));
    }
    return loss;
  }
};

}  // namespace nn
