// An arithmetic policy names the formats a network computes in and how a wide result is rounded into them.
//
//   Weight, Activation, Gradient   what is stored: parameters, layer outputs, ∂L/∂(layer outputs)
//   Accumulator                    what sums are held in; biases too, since they are added before rounding
//   Loss                           the type of a loss value
//   Elementary                     exp, log, sigmoid, … on activations
//   activation(), gradient()       round an accumulator (or a wider product) into the named format
//   one                            the activation 1
//   name                           for summaries and fingerprints
//
// Real<float> is the arithmetic of `Network<float, …>`; there every format is the same and nothing is rounded twice.
#pragma once

#include <concepts>
#include <string_view>

#include "nn/number/elementary.hpp"

namespace nn {

template <std::floating_point Number>
struct Real {
  using Weight = Number;
  using Activation = Number;
  using Gradient = Number;
  using Accumulator = Number;
  using Loss = Number;
  using Elementary = nn::Elementary<Number>;

  static constexpr std::string_view name = sizeof(Number) == 4 ? "float" : "double";
  static constexpr Activation one = 1;

  static constexpr Activation activation(Accumulator sum) { return sum; }
  static constexpr Gradient gradient(Accumulator sum) { return sum; }
};

template <class A>
concept Arithmetic = requires(typename A::Accumulator sum) {
  typename A::Weight;
  typename A::Loss;
  typename A::Elementary;
  { A::activation(sum) } -> std::same_as<typename A::Activation>;
  { A::gradient(sum) } -> std::same_as<typename A::Gradient>;
  { A::name } -> std::convertible_to<std::string_view>;
};

// What a user writes first in a network (`float`, or a policy of their own) to the policy it means.
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
