// SoftCrossEntropy: the cross-entropy of class probabilities against a distribution t, L = -Σ t[i]·log y[i]: of labels that are
// not certain. With t = 1 for one class and 0 for the others it is CrossEntropy, bit for bit.
//
// With Softmax as last layer it starts from the logits z; Σ t need not be 1:
//   L = Σ t[i]·(log Σ e^(z[k] - max z) - (z[i] - max z))      ∂L/∂z = softmax z · Σ t - t
// After any other layer that gives a distribution (nn/loss/fits.hpp):  ∂L/∂y[i] = -t[i] / y[i], with y[i] held above 10^-7, or
// above 0 by one step of a fixed-point format.
//
// smooth_label(t, right, smoothing) is label smoothing (Szegedy et al., Rethinking the Inception Architecture, 2016, section 7):
// the right class is given 1 - smoothing, and all classes share the rest.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/layer/softmax.hpp"
#include "nn/loss/loss.hpp"
#include "nn/number/fixed.hpp"

namespace nn {

struct SoftCrossEntropy : ValueLoss {
  using Fuses = Softmax;
  static constexpr bool takes_distribution = true;

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_logits(std::span<const typename Arithmetic::Activation, Count> z,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    const auto [highest, sum] = softmax(z, g);
    return from_terms<Arithmetic, Count>(z, target, g, highest, log<typename Arithmetic::Loss>(sum));
  }

  // The same from g = softmax z, max z and log Σ e^(z[i] - max z).
  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_terms(std::span<const typename Arithmetic::Activation, Count> z,
                                                        Target<Arithmetic, Count> target,
                                                        std::span<typename Arithmetic::Gradient, Count> g,
                                                        typename Arithmetic::Activation highest,
                                                        typename Arithmetic::Loss log_sum) {
    typename Arithmetic::Loss loss{}, whole{};
    for (std::size_t i = 0; i < Count; ++i) {
      loss = Arithmetic::loss(loss + Arithmetic::loss(target[i] * Arithmetic::loss(log_sum - Arithmetic::loss(z[i] - highest))));
      whole = Arithmetic::loss(whole + Arithmetic::loss(target[i]));
    }
    const auto share = Arithmetic::activation(whole);
    for (std::size_t i = 0; i < Count; ++i)
      g[i] = Arithmetic::gradient(share == Arithmetic::one ? g[i] - target[i] : Arithmetic::gradient(g[i] * share) - target[i]);
    return loss;
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         Target<Arithmetic, Count> target,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    typename Arithmetic::Loss loss{};
    for (std::size_t i = 0; i < Count; ++i) {
      const auto probability = y[i] > Arithmetic::least ? y[i] : Arithmetic::least;
      loss = Arithmetic::loss(loss - Arithmetic::loss(target[i] * log<typename Arithmetic::Loss>(probability)));
      g[i] = Arithmetic::gradient(Arithmetic::quotient(Arithmetic::activation(-target[i]), probability));
    }
    return loss;
  }
};

// The distribution for class `right` of `Count`: smoothing is from 0, only that class, to 1, all alike.
template <class Number = float, std::size_t Count>
constexpr void smooth_label(std::span<Number, Count> target, std::size_t right, float smoothing) {
  const float least = smoothing / static_cast<float>(Count);
  for (std::size_t i = 0; i < Count; ++i) target[i] = number<Number>(i == right ? 1 - smoothing + least : least);
}

}  // namespace nn
