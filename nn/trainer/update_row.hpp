// update_row: what an optimizer makes of the gradients of one row of parameters.
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

#include "nn/gradient_limit.hpp"
#include "nn/number/arithmetic.hpp"

namespace nn {

// The optimizer, or what it makes of its settings once for a row, if it does so itself.
template <class Arithmetic, class Kernels>
constexpr decltype(auto) for_a_row(const auto& optimizer) {
  if constexpr (!is_fixed<typename Arithmetic::Moment>)
    return (optimizer);
  else if constexpr (requires { optimizer.template for_a_row<Arithmetic, Kernels>(optimizer); })
    return optimizer.template for_a_row<Arithmetic, Kernels>(optimizer);
  else
    return (optimizer);
}

// Updates one row of parameters; gradient(i) is ∂L/∂w[i], and known to be WithinLimit or not.
template <class Arithmetic, class Kernels, bool WithinLimit = false>
constexpr void update_row(const auto& optimizer, auto& w, auto gradient, auto& random, auto&... kept) {
  if constexpr (is_fixed<typename Arithmetic::Moment>)
    if constexpr (requires { optimizer.template descend_row<Arithmetic, Kernels>(optimizer, w, gradient, kept...); })
      if (optimizer.template descend_row<Arithmetic, Kernels>(optimizer, w, gradient, kept...)) return;
  auto rounding = Arithmetic::rounding(random);
  decltype(auto) row = for_a_row<Arithmetic, Kernels>(optimizer);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto g = gradient(i);
    if constexpr (!WithinLimit)
      if (!within_limit(g)) continue;
    const auto step = Arithmetic::step(row.template step<Arithmetic, Kernels>(w[i], g, kept[i]...));
    w[i] = Arithmetic::descended(w[i], step, rounding.next());
  }
}

// In float, `count` parameters at w from the gradients g·x[i], which are within the limit. All layers share one copy.
template <class Arithmetic, class Kernels, std::floating_point Number>
[[gnu::noinline]] constexpr void update_some(const auto& optimizer, Number* w, Number g, const Number* x, std::size_t count,
                                             auto& random, auto*... kept) {
  std::size_t i = 0;
  using Optimizer = std::remove_reference_t<decltype(optimizer)>;
  if constexpr (std::is_same_v<Arithmetic, Real<float>> && requires { requires Optimizer::takes_lanes; })
    if constexpr (requires { Kernels::update(optimizer, w, g, x, count, kept...); })
      if (!std::is_constant_evaluated()) i = Kernels::update(optimizer, w, g, x, count, kept...);
  for (; i < count; ++i)
    w[i] = Arithmetic::template parameter<Number>(
        w[i] - Arithmetic::step(optimizer.template step<Arithmetic, Kernels>(w[i], g * x[i], kept[i]...)),
        Arithmetic::rounding(random));
}

}  // namespace nn
