// Softmax: y[i] = e^(x[i] - max x) / Σ e^(x[k] - max x), probabilities that add up to 1.
//
// Backward:   ∂L/∂x[i] = y[i] · (g[i] - Σ g[k]·y[k])
// With the CrossEntropy loss a Trainer leaves both out and goes from the logits x: see nn/loss/cross_entropy.hpp.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/layer/layer.hpp"

namespace nn {

template <class A>
struct SoftmaxTerms {
  typename A::Activation highest;  // max x
  typename A::Accumulator sum;     // Σ e^(x[k] - max x)
};

// Overwrites y, which may be x; a loss goes on from what it returns.
template <class A, class Number, std::size_t N>
constexpr SoftmaxTerms<A> softmax(std::span<const typename A::Activation, N> x, std::span<Number, N> y) {
  typename A::Activation highest = x[0];
  for (std::size_t i = 1; i < N; ++i) highest = x[i] > highest ? x[i] : highest;
  typename A::Accumulator sum{};
  for (std::size_t i = 0; i < N; ++i) {
    y[i] = A::Elementary::exp(x[i] - highest);
    sum += y[i];
  }
  const typename A::Accumulator share = A::one / sum;
  for (std::size_t i = 0; i < N; ++i) y[i] = A::activation(y[i] * share);
  return {highest, sum};
}

struct Softmax {
  static constexpr std::string_view name = "Softmax";

  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t N = Input.size();
    static constexpr bool in_place = true;
    static constexpr bool backward_reads_output = true;
    using Parameters = NoParameters;
    using Activation = typename A::Activation;
    using Gradient = typename A::Gradient;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Activation, N> x, std::span<Activation, N> y) {
      softmax<A>(x, y);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const Activation, N>, std::span<const Activation, N> y,
                                   std::span<const Gradient, N> g, std::span<Gradient, N> dx) {
      typename A::Accumulator mean{};
      for (std::size_t i = 0; i < N; ++i) mean += g[i] * y[i];
      for (std::size_t i = 0; i < N; ++i) dx[i] = A::gradient(y[i] * (g[i] - mean));
    }
  };
};

}  // namespace nn
