// CrossEntropy: the categorical cross-entropy of class probabilities against one right class t, L = -log y[t].
//
// With Softmax as last layer it starts from the logits z, stable for any size of z:
//   L = log Σ e^(z[i] - max z) - (z[t] - max z)      ∂L/∂z = softmax z - onehot t
// After any other layer that gives a distribution (nn/loss/fits.hpp):  ∂L/∂y[t] = -1 / y[t], with y[t] held above 10^-7, or
// above 0 by one step of a fixed-point format.
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2.3.
#pragma once

#include <cstddef>
#include <span>

#include "nn/layer/softmax.hpp"
#include "nn/loss/loss.hpp"

namespace nn {

struct CrossEntropy {
  using Fuses = Softmax;
  static constexpr bool takes_distribution = true;
  static constexpr bool bounds_gradient = true;

  // The number of the right class. A Trainer refuses one that is not below Count; here it traps.
  template <class Arithmetic, std::size_t Count>
  using Target = std::size_t;

  template <class Arithmetic, std::size_t Count>
  static constexpr bool accepts(std::size_t target) {
    return target < Count;
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_logits(std::span<const typename Arithmetic::Activation, Count> z,
                                                         std::size_t target, std::span<typename Arithmetic::Gradient, Count> g) {
    if (target >= Count) __builtin_trap();
    const auto [highest, sum] = softmax(z, g);
    return from_terms<Arithmetic, Count>(z, target, g, highest, log<typename Arithmetic::Loss>(sum));
  }

  // The same from g = softmax z, max z and log Σ e^(z[i] - max z).
  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_terms(std::span<const typename Arithmetic::Activation, Count> z,
                                                        std::size_t target, std::span<typename Arithmetic::Gradient, Count> g,
                                                        typename Arithmetic::Activation highest,
                                                        typename Arithmetic::Loss log_sum) {
    g[target] = Arithmetic::gradient(g[target] - Arithmetic::one);
    return Arithmetic::loss(log_sum - Arithmetic::loss(z[target] - highest));
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         std::size_t target, std::span<typename Arithmetic::Gradient, Count> g) {
    if (target >= Count) __builtin_trap();
    const auto probability = y[target] > Arithmetic::least ? y[target] : Arithmetic::least;
    for (std::size_t i = 0; i < Count; ++i) g[i] = {};
    g[target] = Arithmetic::gradient(Arithmetic::quotient(Arithmetic::activation(-Arithmetic::one), probability));
    return Arithmetic::loss(-log<typename Arithmetic::Loss>(probability));
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr std::size_t actual(std::size_t target) {
    return target;
  }

  template <class Arithmetic>
  static constexpr typename Arithmetic::Activation threshold(bool) {
    return {};
  }
};

}  // namespace nn
