// The formats that a recurrent cell computes in, besides those of its arithmetic A. In float all are the same.
//   Gate   of sigmoid and tanh, within ±1: in fixed point all bits but two behind the point
//   Sum    of W·x + U·h + b: the accumulator of a layer whose input is h
//   Slope  of products on the way to a gradient: in fixed point 32 bits
// Gates are kept for training where their gradients are stored afterwards; as_kept and kept_as turn one into the other.
#pragma once

#include <type_traits>

#include "nn/number/arithmetic.hpp"
#include "nn/number/fixed.hpp"
#include "nn/number/narrow.hpp"

namespace nn {

template <class Activation>
struct GateOf {
  using type = Activation;
};
template <int Bits, int Fraction>
struct GateOf<Fixed<Bits, Fraction>> {
  using type = Fixed<(Bits < 16 ? 16 : Bits), (Bits < 16 ? 14 : Bits - 2)>;
};

template <class Gradient>
struct SlopeOf {
  using type = Gradient;
};
template <int Bits, int Fraction>
struct SlopeOf<Fixed<Bits, Fraction>> {
  using type = Fixed<32, (Bits < 32 && Fraction < 22 ? Fraction + 8 : Fraction)>;
};

// The range of a number, in fixed point in 32 bits.
template <class Number>
struct WidenedOf {
  using type = Number;
};
template <int Bits, int Fraction>
struct WidenedOf<Fixed<Bits, Fraction>> {
  using type = Fixed<32, Fraction + 32 - Bits>;
};
template <class Number>
using Widened = typename WidenedOf<Number>::type;

template <class Arithmetic>
struct RecurrentNumbers {
  using Gate = typename GateOf<typename Arithmetic::Activation>::type;
  using Sum = typename Arithmetic::template After<typename Arithmetic::Activation, typename Arithmetic::Gradient>::Accumulator;
  using Slope = typename SlopeOf<typename Arithmetic::Gradient>::type;
  static constexpr Gate one = number<Gate>(1.0f);

  static constexpr Gate rest(Gate gate) { return nearest<Gate>(one - gate); }                // 1 - s
  static constexpr Gate sigmoid_slope(Gate s) { return nearest<Gate>(s * rest(s)); }         // s·(1 - s)
  static constexpr Gate tanh_slope(Gate t) { return nearest<Gate>(one - nearest<Gate>(t * t)); }  // 1 - t²
  static constexpr Slope slope(auto x) { return nearest<Slope>(x); }
  // a·x + b·y, to be rounded to Number.
  template <class Number>
  static constexpr auto mixed(Gate a, auto x, Gate b, auto y) {
    return nearest<Widened<Number>>(a * x) + nearest<Widened<Number>>(b * y);
  }
};

template <class Kept, class Number>
constexpr Kept as_kept(Number x) {
  if constexpr (is_fixed<Kept>) {
    static_assert(Kept::bits == Number::bits, "nn::as_kept: what is kept has as many bits as its gradient");
    return Kept{x.raw};
  } else {
    return x;
  }
}
template <class Number, class Kept>
constexpr Number kept_as(Kept x) {
  return as_kept<Number>(x);
}

}  // namespace nn
