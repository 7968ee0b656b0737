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
template <class Number, class Total>
struct SoftmaxTerms {
  Number highest;
  Total sum;
};

template <class Number, std::size_t Count>
constexpr Number highest_of(std::span<const Number, Count> x) {
  Number highest = x[0];
  for (std::size_t i = 1; i < Count; ++i) highest = x[i] > highest ? x[i] : highest;
  return highest;
}

// Overwrites y, which may be x.
template <class Kernels = target::Kernels, std::floating_point Number, std::size_t Count>
constexpr SoftmaxTerms<Number, Number> softmax(std::span<const Number, Count> x, std::span<Number, Count> y) {
  const Number highest = highest_of(x);
  Number sum{};
  if constexpr (requires { Kernels::exponentials(y.data(), x.data(), highest, Count); }) {
    Kernels::exponentials(y.data(), x.data(), highest, Count);
    for (std::size_t i = 0; i < Count; ++i) sum += y[i];
  } else {
    for (std::size_t i = 0; i < Count; ++i) {
      y[i] = exp<Number>(x[i] - highest);
      sum += y[i];
    }
  }
  const Number share = 1 / sum;
  for (std::size_t i = 0; i < Count; ++i) y[i] = y[i] * share;
  return {highest, sum};
}

// Until their sum is known, y holds the exponentials, with as many fraction bits as it has room for.
template <class Kernels = target::Kernels, int InputBits, int InputFraction, int OutputBits, int OutputFraction,
          std::size_t Count>
constexpr auto softmax(std::span<const Fixed<InputBits, InputFraction>, Count> x,
                       std::span<Fixed<OutputBits, OutputFraction>, Count> y) {
  using Exponential = Fixed<OutputBits, (OutputBits < 32 ? OutputBits - 1 : 22)>;
  using Total = Fixed<32, Exponential::fraction>;
  static_assert(Count < (std::size_t{1} << (31 - Total::fraction)),
                "nn::Softmax: too many outputs for the sum of their exponentials in fixed point");
  SoftmaxTerms<Fixed<InputBits, InputFraction>, Total> terms{};
  if constexpr (requires { Kernels::softmax(x, y, terms.highest, terms.sum); })
    if (!std::is_constant_evaluated()) {
      Kernels::softmax(x, y, terms.highest, terms.sum);
      return terms;
    }
  terms.highest = highest_of(x);
  for (std::size_t i = 0; i < Count; ++i) {
    y[i].raw = exp<Exponential>(narrow<Fixed<32, InputFraction>>(x[i] - terms.highest)).raw;
    terms.sum.raw += y[i].raw;
  }
  const auto [m, exponent] = mantissa::split(static_cast<std::uint32_t>(terms.sum.raw));
  const std::uint32_t share = mantissa::reciprocal(m);
  for (std::size_t i = 0; i < Count; ++i) {
    const std::uint32_t probability =
        mantissa::high_product(static_cast<std::uint32_t>(y[i].raw) << (31 - Total::fraction), share);  // Q30
    y[i] = from_mantissa<Fixed<OutputBits, OutputFraction>>(probability, 1 + Total::fraction - exponent);
  }
  return terms;
}

struct Softmax {
  static constexpr std::string_view name = "Softmax";
  static constexpr bool gives_distribution = true;

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr AlongTime along_time = AlongTime::never;
    static constexpr std::size_t Count = Input.size();
    static constexpr bool in_place = std::is_same_v<typename Arithmetic::Input, typename Arithmetic::Activation>;
    static constexpr bool backward_reads_output = true;
    using Parameters = NoParameters;
    using Number = typename Arithmetic::Input;
    using Activation = typename Arithmetic::Activation;
    using Gradient = typename Arithmetic::Gradient;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const Number, Count> x, std::span<Activation, Count> y) {
      softmax(x, y);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const Number, Count>, std::span<const Activation, Count> y,
                                   std::span<const Gradient, Count> g, std::span<typename Arithmetic::InputGradient, Count> dx) {
      typename Arithmetic::ParameterGradient sum{};
      for (std::size_t i = 0; i < Count; ++i) sum = Arithmetic::sum(sum, g[i] * y[i]);
      for (std::size_t i = 0; i < Count; ++i)
        dx[i] = Arithmetic::input_gradient(y[i] * Arithmetic::parameter_gradient(g[i] - sum));
    }
  };
};

}  // namespace nn
