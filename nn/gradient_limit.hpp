// The gradient limit: what keeps a NaN or an infinity out of parameters in float. Fixed point has neither.
//
// The gradient ∂L/∂w of one parameter beyond ±2^40, an infinity or a NaN is not followed: that parameter keeps its value, and
// so does what the optimizer keeps for it. With sound settings (nn/optimizer/optimizer.hpp) a step within the limit is below
// 2^101, and a finite float plus less than 2^103 is finite: half a unit in the last place of the largest float. So no
// parameter has to be looked at, and of a layer's gradient g·xᵀ only g and x:
//   |g[o]| <= 2^20 and |x[i]| <= 2^20    nothing is beyond the limit: quickly seen, and nearly always so;
// otherwise each element is looked at.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/number/bits.hpp"
#include "nn/sum.hpp"

namespace nn {

constexpr float gradient_limit = 0x1p40f;
constexpr float factor_limit = 0x1p20f;  // of two whose product is within it

template <class Number>
constexpr bool within_limit(const Number& g) {
  if constexpr (std::is_floating_point_v<Number>) return Bits<Number>::magnitude(g) <= Bits<Number>::of(Number(gradient_limit));
  else return true;
}

// Whether |x[i]| <= most for every i, most >= 0. A NaN is larger than all.
template <std::floating_point Number>
[[gnu::noinline, gnu::cold]] constexpr bool all_at_most(Number most, const Number* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (Bits<Number>::magnitude(x[i]) > Bits<Number>::of(most)) return false;
  return true;
}

// w[i] += (factor·g)·x[i] wherever g·x[i] is within the limit, and the sum finite.
template <class Arithmetic, std::floating_point Number>
[[gnu::noinline, gnu::cold]] constexpr void add_within_limit(Number* w, Number factor, Number g, const Number* x,
                                                             std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Sum<Arithmetic, Number, Number, 1> sum{w[i]};
    sum.add(factor * g, x[i]);
    if (within_limit(g * x[i]) && Bits<Number>::is_finite(sum.value())) w[i] = sum.value();
  }
}

// That something is not known yet.
struct Unknown {};

// Whether |x[i]| <= factor_limit for every i.
template <class Kernels, class Number, std::size_t Count>
constexpr bool all_small(std::span<const Number, Count> x, Unknown = {}) {
  return Kernels::all_small(x.data(), Count);
}
template <class Kernels, class Number, std::size_t Count>
constexpr bool all_small(std::span<const Number, Count>, bool known) {
  return known;
}

// The same of a layer's input and of ∂L/∂output, as far as it is known.
template <class Input = Unknown, class Gradient = Unknown>
struct Small {
  Input x{};
  Gradient g{};
};

// What is known of layer Index of so many, where the input of the first, x, and the gradient of the last, g, were looked at.
template <std::size_t Index, std::size_t Layers, class Known>
constexpr auto small_at(Known x, Known g) {
  if constexpr (Index == 0 && Index == Layers - 1) return Small<Known, Known>{x, g};
  else if constexpr (Index == 0) return Small<Known, Unknown>{x, {}};
  else if constexpr (Index == Layers - 1) return Small<Unknown, Known>{{}, g};
  else return Small<>{};
}

// False if some element of g or of g·xᵀ may be beyond the limit.
template <class Kernels, std::floating_point Number, std::size_t Outputs, std::size_t Inputs>
constexpr bool product_within_limit(std::span<const Number, Outputs> g, std::span<const Number, Inputs> x, const auto& known) {
  return all_small<Kernels>(g, known.g) && all_small<Kernels>(x, known.x);
}

}  // namespace nn
