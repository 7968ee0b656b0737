// Activation functions that are made of others, and their slopes at x, of any number, to any format: silu<To>(x), …
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
template <class X>
using Share = std::conditional_t<is_fixed<X>, Fixed<32, 30>, X>;
template <class X>
using Wide = std::conditional_t<is_fixed<X>, Fixed<32, 24>, X>;

// e^x - 1 for x <= 0, exact to the last places near 0.
template <class To, int Bits, int Fraction>
constexpr To exp_minus_1(Fixed<Bits, Fraction> x) {
  return narrow<To>(exp<Fixed<32, 30>>(x) - Fixed<32, 30>{1 << 30});
}
template <class To, std::floating_point Number>
constexpr To exp_minus_1(Number x) {
  return Elementary<Number>::tanh(x / 2) * (Elementary<Number>::exp(x) + 1);
}

template <class To, class X>
constexpr To elu(X x) {
  return x > X{} ? nearest<To>(x) : exp_minus_1<To>(x);
}

// s·(1 - s), the slope of s = sigmoid.
template <class S>
constexpr S sigmoid_slope(S s) {
  return nearest<S>(s * nearest<S>(number<S>(1.0f) - s));
}

template <class To, class X>
constexpr To silu(X x) {
  return nearest<To>(x * sigmoid<Share<X>>(x));
}

// s + x·s·(1 - s), s = sigmoid x
template <class To, class X>
constexpr To silu_slope(X x) {
  using S = Share<X>;
  const S s = sigmoid<S>(x);
  return nearest<To>(s + nearest<S>(x * sigmoid_slope(s)));
}

// x held within ±8, beyond which gelu is 0 or x; and a + b·x², to make 2u = x·(a + b·x²) of.
template <class X>
constexpr auto gelu_argument(X x) {
  using W = Wide<X>;
  constexpr W limit = number<W>(8.0f);
  constexpr W minus_limit = number<W>(-8.0f);
  const W w = nearest<W>(x);
  return w > limit ? limit : w < minus_limit ? minus_limit : w;
}
template <class W>
constexpr W gelu_polynomial(W w, W a, W b) {
  return nearest<W>(a + nearest<W>(b * nearest<W>(w * w)));
}
template <class W>
constexpr W gelu_linear = number<W>(1.5957691216057308);  // 2·√(2/π)
template <class W>
constexpr W gelu_cubic = number<W>(0.044715 * 1.5957691216057308);
template <class W>
constexpr W gelu_thrice_cubic = number<W>(3 * 0.044715 * 1.5957691216057308);

template <class X>
constexpr auto gelu_share(X x) {
  using W = Wide<X>;
  const W w = gelu_argument(x);
  return sigmoid<Share<X>>(nearest<W>(w * gelu_polynomial(w, gelu_linear<W>, gelu_cubic<W>)));
}

template <class To, class X>
constexpr To gelu(X x) {
  return nearest<To>(x * gelu_share(x));
}

// s + x·s·(1 - s)·(a + 3·b·x²), s = sigmoid 2u
template <class To, class X>
constexpr To gelu_slope(X x) {
  using S = Share<X>;
  using W = Wide<X>;
  const W w = gelu_argument(x);
  const S s = gelu_share(x);
  const W rise = nearest<W>(w * gelu_polynomial(w, gelu_linear<W>, gelu_thrice_cubic<W>));
  return nearest<To>(s + nearest<S>(rise * sigmoid_slope(s)));
}

template <class To, class X>
constexpr To hard_sigmoid(X x) {
  using S = Share<X>;
  constexpr S one = number<S>(1.0f);
  constexpr S sixth = number<S>(1.0 / 6);
  constexpr S half = number<S>(0.5f);
  const S line = nearest<S>(nearest<S>(x * sixth) + half);
  return nearest<To>(line < S{} ? S{} : line > one ? one : line);
}

template <class To, class X>
constexpr To hard_swish(X x) {
  return nearest<To>(x * hard_sigmoid<Share<X>>(x));
}

// x/3 + 1/2 between -3 and 3, which is 2s - 1/2 with s = hard_sigmoid x; else 0 or 1.
template <class To, class X>
constexpr To hard_swish_slope(X x) {
  using S = Share<X>;
  constexpr S one = number<S>(1.0f);
  constexpr S half = number<S>(0.5f);
  const S s = hard_sigmoid<S>(x);
  return nearest<To>(s == S{} || s == one ? s : nearest<S>(s + nearest<S>(s - half)));
}

}  // namespace nn
