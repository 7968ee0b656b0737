// FixedPoint<Format>: arithmetic without a floating-point unit, in the formats of nn/number/format.hpp.
//
//   Fixed16            16 bits throughout: to infer and to learn
//   Fixed16Stochastic  the same; updates of weights are rounded up or down at random, right on average
//   Fixed32            32 bits throughout
//   Fixed8             weights and activations of 8 bits: to infer; Net::Learning trains in Fixed16
//   Fixed8Stochastic   the same, other formats, gradients of 16 bits: to infer and to learn, updates rounded at random
//
//   using Fine = nn::FixedPoint<nn::Format{.weight = 14, .activation = 11}>;
//
// Sums of products are exact, whatever their length, and rounded once, to the nearest; beyond a format's range they
// saturate. Watched<…> counts where (nn/watched.hpp). Biases have 32 bits, and so has what an optimizer keeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "nn/number/arithmetic.hpp"
#include "nn/number/factor.hpp"
#include "nn/number/format.hpp"
#include "nn/number/functions.hpp"
#include "nn/number/narrow.hpp"
#include "nn/number/row_rounding.hpp"

namespace nn {

// InputNumber, InputGradientNumber: the formats of a layer's input and of ∂L/∂(input), those of the layer before it.
template <Format Chosen, class InputNumber = Fixed<Chosen.bits, Chosen.input>,
          class InputGradientNumber = Fixed<Chosen.gradient_bits, Chosen.gradient>>
struct FixedPoint {
  static_assert(Chosen.bits == 8 || Chosen.bits == 16 || Chosen.bits == 32, "nn::FixedPoint<Format>: bits must be 8, 16 or 32");
  static_assert(Chosen.weight >= 0 && Chosen.weight < Chosen.bits,
                "nn::FixedPoint<Format>: weight, its fraction bits, must be below bits");
  static_assert(Chosen.activation >= 0 && Chosen.activation < Chosen.bits,
                "nn::FixedPoint<Format>: activation, its fraction bits, must be below bits");

  static_assert(Chosen.gradient >= 0 && Chosen.gradient < Chosen.gradient_bits,
                "nn::FixedPoint<Format>: gradient, its fraction bits, must be below gradient_bits");

  static_assert(is_fixed<InputNumber>,
                "nn::FixedPoint: the input of a fixed-point layer is fixed-point, a network of float cannot have one");
  static_assert(
      Chosen.weight + InputNumber::fraction <= 55,
      "nn::FixedPoint<Format>: weight and input have together at most 55 fraction bits, a bias is added to their product");

  static constexpr Format format = Chosen;
  static constexpr std::string_view name = FormatName<Chosen>::value;
  static constexpr bool watched = false;
  static constexpr bool learns = Chosen.bits > 8 || Chosen.stochastic;
  static constexpr bool draws = Chosen.stochastic;
  static constexpr bool fused = false;

  using Input = InputNumber;
  using InputGradient = InputGradientNumber;
  using Weight = Fixed<Chosen.bits, Chosen.weight>;
  using Activation = Fixed<Chosen.bits, Chosen.activation>;
  using Gradient = Fixed<Chosen.gradient_bits, Chosen.gradient>;
  using Accumulator = Fixed<32, (Chosen.weight + InputNumber::fraction < 24 ? Chosen.weight + InputNumber::fraction : 24)>;
  using Cell = Fixed<Chosen.bits == 8 ? 16 : Chosen.bits, Chosen.cell>;
  using Loss = Fixed<32, 16>;
  using ParameterGradient = Fixed<32, 23>;
  using Moment = Fixed<32, 27>;

  template <class Before, class BeforeGradient>
  using After = FixedPoint<Chosen, Before, BeforeGradient>;
  template <class Other>
  using OrElse = Other;
  using Learning = std::conditional_t<learns, FixedPoint<Chosen>, FixedPoint<Format{}>>;

  static constexpr Activation one = narrow<Activation>(Fixed<64, 0>{1});
  static constexpr Activation least{1};  // the least probability above 0

  static constexpr Activation activation(auto x) { return narrow<Activation>(x); }
  static constexpr Cell cell(auto x) { return narrow<Cell>(x); }
  static constexpr Gradient gradient(auto x) { return narrow<Gradient>(x); }
  static constexpr InputGradient input_gradient(auto x) { return narrow<InputGradient>(x); }
  static constexpr Loss loss(auto x) { return narrow<Loss>(x); }
  static constexpr auto slope(auto x) { return narrow<Fixed<32, (2 * Chosen.activation < 30 ? 2 * Chosen.activation : 30)>>(x); }
  static constexpr auto difference(Activation a, Activation b) { return narrow<Fixed<32, Chosen.activation>>(a - b); }
  static constexpr auto quotient(auto a, auto b) { return a * reciprocal<Fixed<32, 16>>(b); }
  static constexpr ParameterGradient parameter_gradient(auto x) { return narrow<ParameterGradient>(x); }
  static constexpr ParameterGradient sum(ParameterGradient sum, auto x) {
    return saturating_sum(sum, narrow<ParameterGradient>(x));
  }
  static constexpr Moment moment(auto x) { return narrow<Moment>(x); }
  static constexpr Moment step(auto x) { return narrow<Moment>(x); }
  static constexpr auto relative_step(auto x) { return narrow<Fixed<32, 24>>(x); }  // m / √v
  template <class Parameter>
  static constexpr Parameter parameter(auto x, const auto& rounding) {
    return narrow<Parameter>(x, rounding);
  }

  // Of a parameter of at most 16 bits in 32: what the step has behind its last bit is all that is rounded.
  template <class Parameter>
  static constexpr Parameter descended(Parameter w, Moment step, const auto& rounding) {
    constexpr int dropped = Moment::fraction - Parameter::fraction;
    if constexpr (Parameter::bits > 16 || dropped <= 0) {
      return parameter<Parameter>(w - step, rounding);
    } else {
      const std::int32_t up = step == Moment::lowest() ? Moment::highest().raw : -step.raw;
      return {static_cast<typename Parameter::Raw>(clamped<Parameter>(w.raw + rounding(up, dropped)))};
    }
  }

  // factor·x for a positive factor known at run time only.
  static constexpr Moment scaled(float factor, auto x) { return Factor::of(factor).template times<Moment>(x); }
  template <class Result>
  static constexpr Result scaled_to(float factor, auto x) {
    return Factor::of(factor).template times<Result>(x);
  }
  static constexpr Loss mean(Loss sum, std::size_t count) {
    return {static_cast<std::int32_t>(sum.raw / static_cast<std::int32_t>(count))};
  }

  // x is a number, or the sum of `count` of them: at most 2^47 steps.
  template <int Width, int Fraction>
  static constexpr auto average(Fixed<Width, Fraction> x, std::size_t count) {
    const std::int64_t wide = std::int64_t{x.raw} * 65536;
    const auto n = static_cast<std::int64_t>(count);
    return Fixed<64, Fraction + 16>{wide / n - (wide % n < 0 ? 1 : 0)};
  }

  // x / 2^Shift
  template <int Shift, class Number>
  static constexpr Number halved(Number x) {
    return narrow<Number>(Fixed<64, Number::fraction + Shift>{x.raw});
  }
  // Numerator / Denominator in b = 16 or 32 bits: within 2^-b of a ratio below 1, within 2^(1-b) of its size otherwise.
  template <int Numerator, int Denominator>
  static constexpr auto ratio = [] {
    constexpr int whole = std::bit_width(static_cast<unsigned>(Numerator / Denominator));
    constexpr int width = Chosen.bits == 32 ? 32 : 16;
    return Fixed<width, width - 1 - whole>::from(double(Numerator) / Denominator);
  }();

  // How a row of parameters is rounded as it learns.
  static constexpr auto rounding(auto& random) {
    if constexpr (Chosen.stochastic)
      return RandomRow{random.next()};
    else
      return NearestRow{};
  }
};

using Fixed16 = FixedPoint<Format{}>;
using Fixed16Stochastic = FixedPoint<Format{.stochastic = true}>;
using Fixed32 = FixedPoint<Format{.bits = 32, .weight = 24, .activation = 20, .gradient = 24}>;
using Fixed8Stochastic = FixedPoint<Format{.bits = 8, .weight = 7, .activation = 3, .input = 7, .stochastic = true}>;
using Fixed8 = FixedPoint<Format{.bits = 8, .weight = 6, .activation = 2, .input = 6}>;

}  // namespace nn
