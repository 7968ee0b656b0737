// Softmax: y[i] = e^(x[i] - max x) / Σ e^(x[k] - max x), probabilities that add up to 1.
//
// Backward:   ∂L/∂x[i] = y[i] · (g[i] - Σ g[k]·y[k])
// With the CrossEntropy loss a Trainer leaves both out and goes from the logits x: see nn/loss/cross_entropy.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"
#include "nn/number/functions.hpp"

namespace nn {

// What a loss goes on from: max x and Σ e^(x[k] - max x).
template <class Number, class Sum>
struct SoftmaxTerms {
  Number highest;
  Sum sum;
};

template <class Number, std::size_t N>
constexpr Number highest_of(std::span<const Number, N> x) {
  Number highest = x[0];
  for (std::size_t i = 1; i < N; ++i) highest = x[i] > highest ? x[i] : highest;
  return highest;
}

// Overwrites y, which may be x.
template <std::floating_point Number, std::size_t N>
constexpr SoftmaxTerms<Number, Number> softmax(std::span<const Number, N> x, std::span<Number, N> y) {
  const Number highest = highest_of(x);
  Number sum{};
  for (std::size_t i = 0; i < N; ++i) {
    y[i] = exp<Number>(x[i] - highest);
    sum += y[i];
  }
  const Number share = 1 / sum;
  for (std::size_t i = 0; i < N; ++i) y[i] = y[i] * share;
  return {highest, sum};
}

// Until their sum is known, y holds the exponentials, with as many fraction bits as it has room for.
template <int XB, int XF, int YB, int YF, std::size_t N>
constexpr auto softmax(std::span<const Fixed<XB, XF>, N> x, std::span<Fixed<YB, YF>, N> y) {
  using Exponential = Fixed<YB, (YB < 32 ? YB - 1 : 22)>;
  using Sum = Fixed<32, Exponential::fraction>;
  static_assert(N < (std::size_t{1} << (31 - Sum::fraction)), "nn::Softmax: too many outputs for the sum of their exponentials in fixed point");
  const Fixed<XB, XF> highest = highest_of(x);
  Sum sum{};
  for (std::size_t i = 0; i < N; ++i) {
    y[i].raw = exp<Exponential>(narrow<Fixed<32, XF>>(x[i] - highest)).raw;
    sum.raw += y[i].raw;
  }
  const auto [m, exponent] = mantissa::split(static_cast<std::uint32_t>(sum.raw));
  const std::uint32_t share = mantissa::reciprocal(m);
  for (std::size_t i = 0; i < N; ++i) {
    const std::uint32_t probability = mantissa::high_product(static_cast<std::uint32_t>(y[i].raw) << (31 - Sum::fraction), share);  // Q30
    y[i] = from_mantissa<Fixed<YB, YF>>(probability, 1 + Sum::fraction - exponent);
  }
  return SoftmaxTerms<Fixed<XB, XF>, Sum>{highest, sum};
}

struct Softmax {
  static constexpr std::string_view name = "Softmax";

  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t N = Input.size();
    static constexpr bool in_place = std::is_same_v<typename A::Input, typename A::Activation>;
    static constexpr bool backward_reads_output = true;
    using Parameters = NoParameters;
    using Number = typename A::Input;
    using Activation = typename A::Activation;
    using Gradient = typename A::Gradient;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, N> x, std::span<Activation, N> y) {
      softmax(x, y);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const Number, N>, std::span<const Activation, N> y,
                                   std::span<const Gradient, N> g, std::span<typename A::InputGradient, N> dx) {
      typename A::ParameterGradient sum{};
      for (std::size_t i = 0; i < N; ++i) sum = A::sum(sum, g[i] * y[i]);
      for (std::size_t i = 0; i < N; ++i) dx[i] = A::input_gradient(y[i] * A::parameter_gradient(g[i] - sum));
    }
  };
};

}  // namespace nn
