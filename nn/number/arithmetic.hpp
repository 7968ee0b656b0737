// An arithmetic policy names the formats a network computes in and how a wide result is rounded into them.
//
//   Weight, Activation, Gradient   what is stored: parameters, layer outputs, ∂L/∂(layer outputs)
//   Accumulator                    biases, which are added before a sum is rounded
//   Cell                           the cell state of an Lstm
//   Input, InputGradient           the Activation and Gradient of the layer before; After<Input, InputGradient> sets them
//   ParameterGradient, Moment      what training sums over a batch; what an optimizer keeps for a parameter
//   Loss                           a loss value
//   activation(x), gradient(x), …  round a wider x into the named format
//   sum(sum, x)                    a ParameterGradient and one more term
//   parameter<Number>(x, rounding) the new value of a parameter; rounding(random) says how, once for each row
//   descended(w, step, rounding)   parameter(w - step, rounding)
//   scaled(factor, x)              factor·x as a Moment, for a float known at run time
//   ratio<Numerator, Denominator>  a constant to multiply by;   halved<Shift>(x) is x / 2^Shift
//   average(x, count)              x / count, unrounded but for 16 bits behind x's last
//   slope(x), difference(a, b), quotient(a, b)   f′ of a layer, the error of an output, a / b
//   one, least                     the activation 1, and the least probability that a logarithm is taken of
//   fused                          whether sums of products are added by fused multiply-adds
//   name                           for summaries and fingerprints
//
// Real<float> is the arithmetic of `Network<float, …>`; there every format is the same and nothing is rounded twice.
// FusedFloat is that with fused sums of products (nn/number/fused_float.hpp), FixedPoint<Format> that without floating point
// (nn/number/fixed_point.hpp).
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include "nn/number/elementary.hpp"

namespace nn {

// Kept averages below this are set to 0: as they fade they would become denormal, which is slow on many hosts.
constexpr float faded = 0x1p-100f;

// One format for whatever an arithmetic names.
template <class Number>
struct AllOf {
  using Input = Number;
  using InputGradient = Number;
  using Weight = Number;
  using Activation = Number;
  using Gradient = Number;
  using Accumulator = Number;
  using Cell = Number;
  using Loss = Number;
  using ParameterGradient = Number;
  using Moment = Number;
};

template <std::floating_point Number>
struct Real : AllOf<Number> {
  template <class, class>
  using After = Real;
  template <class Other>
  using OrElse = Other;
  using Learning = Real;

  static constexpr std::string_view name = sizeof(Number) == 4 ? "float" : "double";
  static constexpr bool watched = false;
  static constexpr bool learns = true;
  static constexpr bool draws = false;
  static constexpr bool fused = false;
  static constexpr Number one = 1;
  static constexpr Number least = Number(1e-7f);

  static constexpr Number activation(Number x) { return x; }
  static constexpr Number cell(Number x) { return x; }
  static constexpr Number gradient(Number x) { return x; }
  static constexpr Number input_gradient(Number x) { return x; }
  static constexpr Number loss(Number x) { return x; }
  static constexpr Number slope(Number x) { return x; }
  static constexpr Number difference(Number a, Number b) { return a - b; }
  static constexpr Number quotient(Number a, Number b) { return a / b; }
  static constexpr Number parameter_gradient(Number x) { return x; }
  static constexpr Number sum(Number sum, Number x) { return sum + x; }
  static constexpr Number moment(Number x) { return x < Number(faded) && x > -Number(faded) ? Number(0) : x; }
  static constexpr Number step(Number x) { return x; }
  template <class Parameter>
  static constexpr Number parameter(Number x, const auto&) {
    return x;
  }

  static constexpr Number descended(Number w, Number step, const auto&) { return w - step; }

  static constexpr Number scaled(float factor, Number x) { return Number(factor) * x; }
  template <class Result>
  static constexpr Number scaled_to(float factor, Number x) {
    return Number(factor) * x;
  }
  static constexpr Number mean(Number sum, std::size_t count) { return sum / static_cast<Number>(count); }
  static constexpr Number average(Number x, std::size_t count) { return x / static_cast<Number>(count); }
  template <int Shift>
  static constexpr Number halved(Number x) {
    return x * (Number(1) / Number(1 << Shift));
  }
  template <int Numerator, int Denominator>
  static constexpr Number ratio = Number(Numerator) / Number(Denominator);

  struct Exact {
    constexpr Exact next() const { return {}; }
  };
  static constexpr Exact rounding(auto&) { return {}; }
};

// One number format for every parameter, for what has the structure of a network's parameters but not their formats.
template <class Number>
struct OneFormat : AllOf<Number> {
  using Learning = OneFormat;
  static constexpr std::string_view name = "one format";
  static constexpr bool learns = false;
  static constexpr bool fused = false;
  template <class, class>
  using After = OneFormat;
  template <class>
  using OrElse = OneFormat;
};

template <class Policy>
concept Arithmetic = requires {
  typename Policy::Weight;
  typename Policy::Activation;
  typename Policy::Accumulator;
  typename Policy::Loss;
  { Policy::name } -> std::convertible_to<std::string_view>;
};

// What a user writes first in a network (`float`, or an arithmetic policy) to the policy it means.
template <class Written>
struct ArithmeticNamed {
  static_assert(Arithmetic<Written>, "nn::Network<Arithmetic>: the first argument must be float or an arithmetic policy");
  using type = Written;
};
template <std::floating_point Number>
struct ArithmeticNamed<Number> {
  using type = Real<Number>;
};
template <class Written>
using ArithmeticOf = typename ArithmeticNamed<Written>::type;

}  // namespace nn
