// Activation functions that are made of others, and their slopes at x, of any number, to any format: silu<Result>(x), …
//
//   elu            x where x > 0, else e^x - 1
//   silu           x·sigmoid x
//   gelu           x·sigmoid 2u, u = √(2/π)·(x + 0.044715·x³)       within 0.0005 of x·Φ(x)
//   hard_sigmoid   x/6 + 1/2, held within [0, 1]
//   hard_swish     x·hard_sigmoid x
//
// Written once for floating and fixed point: on the way, fixed-point numbers have 32 bits and are rounded at every step.
// Largest error over all 65,536 inputs of Fixed<16, 10>, in steps of 2^-10: 0.501 (tests/host/activation_functions.cpp).
// Clevert et al., ELUs (2016); Elfwing et al., Sigmoid-weighted linear units (2018); Hendrycks and Gimpel, GELUs (2016),
// section 2; Howard et al., Searching for MobileNetV3 (2019), section 5.2.
#pragma once

#include <concepts>
#include <type_traits>

#include "nn/number/functions.hpp"

namespace nn {

// On the way: shares within ±2, and numbers within ±128.
template <class Number>
using Share = std::conditional_t<is_fixed<Number>, Fixed<32, 30>, Number>;
template <class Number>
using Wide = std::conditional_t<is_fixed<Number>, Fixed<32, 24>, Number>;

// e^x - 1 for x <= 0, exact to the last places near 0.
template <class Result, int Bits, int Fraction>
constexpr Result exp_minus_1(Fixed<Bits, Fraction> x) {
  return narrow<Result>(exp<Fixed<32, 30>>(x) - Fixed<32, 30>{1 << 30});
}
template <class Result, std::floating_point Number>
constexpr Result exp_minus_1(Number x) {
  return Elementary<Number>::tanh(x / 2) * (Elementary<Number>::exp(x) + 1);
}

template <class Result, class Number>
constexpr Result elu(Number x) {
  return x > Number{} ? nearest<Result>(x) : exp_minus_1<Result>(x);
}

// s·(1 - s), the slope of s = sigmoid.
template <class Portion>
constexpr Portion sigmoid_slope(Portion s) {
  return nearest<Portion>(s * nearest<Portion>(number<Portion>(1.0f) - s));
}

template <class Result, class Number>
constexpr Result silu(Number x) {
  return nearest<Result>(x * sigmoid<Share<Number>>(x));
}

// s + x·s·(1 - s), s = sigmoid x
template <class Result, class Number>
constexpr Result silu_slope(Number x) {
  using Portion = Share<Number>;
  const Portion s = sigmoid<Portion>(x);
  return nearest<Result>(s + nearest<Portion>(x * sigmoid_slope(s)));
}

// x held within ±8, beyond which gelu is 0 or x; and a + b·x², to make 2u = x·(a + b·x²) of.
template <class Number>
constexpr auto gelu_argument(Number x) {
  using Term = Wide<Number>;
  constexpr Term limit = number<Term>(8.0f);
  constexpr Term minus_limit = number<Term>(-8.0f);
  const Term w = nearest<Term>(x);
  return w > limit ? limit : w < minus_limit ? minus_limit : w;
}
template <class Term>
constexpr Term gelu_polynomial(Term w, Term a, Term b) {
  return nearest<Term>(a + nearest<Term>(b * nearest<Term>(w * w)));
}
template <class Term>
constexpr Term gelu_linear = number<Term>(1.5957691216057308);  // 2·√(2/π)
template <class Term>
constexpr Term gelu_cubic = number<Term>(0.044715 * 1.5957691216057308);
template <class Term>
constexpr Term gelu_thrice_cubic = number<Term>(3 * 0.044715 * 1.5957691216057308);

template <class Number>
constexpr auto gelu_share(Number x) {
  using Term = Wide<Number>;
  const Term w = gelu_argument(x);
  return sigmoid<Share<Number>>(nearest<Term>(w * gelu_polynomial(w, gelu_linear<Term>, gelu_cubic<Term>)));
}

template <class Result, class Number>
constexpr Result gelu(Number x) {
  return nearest<Result>(x * gelu_share(x));
}

// s + x·s·(1 - s)·(a + 3·b·x²), s = sigmoid 2u
template <class Result, class Number>
constexpr Result gelu_slope(Number x) {
  using Portion = Share<Number>;
  using Term = Wide<Number>;
  const Term w = gelu_argument(x);
  const Portion s = gelu_share(x);
  const Term rise = nearest<Term>(w * gelu_polynomial(w, gelu_linear<Term>, gelu_thrice_cubic<Term>));
  return nearest<Result>(s + nearest<Portion>(rise * sigmoid_slope(s)));
}

template <class Result, class Number>
constexpr Result hard_sigmoid(Number x) {
  using Portion = Share<Number>;
  constexpr Portion one = number<Portion>(1.0f);
  constexpr Portion sixth = number<Portion>(1.0 / 6);
  constexpr Portion half = number<Portion>(0.5f);
  const Portion line = nearest<Portion>(nearest<Portion>(x * sixth) + half);
  return nearest<Result>(line < Portion{} ? Portion{} : line > one ? one : line);
}

template <class Result, class Number>
constexpr Result hard_swish(Number x) {
  return nearest<Result>(x * hard_sigmoid<Share<Number>>(x));
}

// x/3 + 1/2 between -3 and 3, which is 2s - 1/2 with s = hard_sigmoid x; else 0 or 1.
template <class Result, class Number>
constexpr Result hard_swish_slope(Number x) {
  using Portion = Share<Number>;
  constexpr Portion one = number<Portion>(1.0f);
  constexpr Portion half = number<Portion>(0.5f);
  const Portion s = hard_sigmoid<Portion>(x);
  return nearest<Result>(s == Portion{} || s == one ? s : nearest<Portion>(s + nearest<Portion>(s - half)));
}

}  // namespace nn
