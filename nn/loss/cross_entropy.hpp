// CrossEntropy: the categorical cross-entropy of class probabilities against one right class t, L = -log y[t].
//
// With Softmax as last layer it starts from the logits z, stable for any size of z:
//   L = log Σ e^(z[i] - max z) - (z[t] - max z)      ∂L/∂z = softmax z - onehot t
// After any other layer y is taken as the probabilities it gives:  ∂L/∂y[t] = -1 / y[t], with y[t] held above 10^-7, or
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

  // The number of the right class. A Trainer refuses one that is not below N; here it traps.
  template <class A, std::size_t N>
  using Target = std::size_t;

  template <class A, std::size_t N>
  static constexpr bool accepts(std::size_t target) {
    return target < N;
  }

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_logits(std::span<const typename A::Activation, N> z, std::size_t target,
                                                std::span<typename A::Gradient, N> g) {
    require_classes<N>();
    if (target >= N) __builtin_trap();
    const auto [highest, sum] = softmax(z, g);
    g[target] = A::gradient(g[target] - A::one);
    return A::loss(log<typename A::Loss>(sum) - A::loss(z[target] - highest));
  }

  template <class A, std::size_t N>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, N> y, std::size_t target,
                                                std::span<typename A::Gradient, N> g) {
    require_classes<N>();
    if (target >= N) __builtin_trap();
    const auto probability = y[target] > A::least ? y[target] : A::least;
    for (std::size_t i = 0; i < N; ++i) g[i] = {};
    g[target] = A::gradient(A::quotient(A::activation(-A::one), probability));
    return A::loss(-log<typename A::Loss>(probability));
  }

  template <class A, std::size_t N>
  static constexpr std::size_t actual(std::size_t target) {
    return target;
  }

  template <class A>
  static constexpr typename A::Activation threshold(bool) {
    return {};
  }

 private:
  template <std::size_t N>
  static constexpr void require_classes() {
    static_assert(N >= 2,
                  "nn::CrossEntropy: Softmax of one output is always 1, end in Dense<1>, Sigmoid with BinaryCrossEntropy");
  }
};

}  // namespace nn
