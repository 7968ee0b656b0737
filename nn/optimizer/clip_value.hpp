// ClipValue<Optimizer>: no element of the gradient is larger than `largest`, g ← max(-largest, min(largest, g)).
//   ClipValue<Adam>{{.rate = 0.001f}, 0.5f}
#pragma once

#include <limits>
#include <utility>

#include "nn/number/fixed.hpp"
#include "nn/optimizer/optimizer.hpp"

namespace nn {

template <class Optimizer>
struct ClipValue : Optimizer {
  float largest = std::numeric_limits<float>::infinity();

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    Optimizer::for_each_setting(self, visit);
    visit(self.largest);
  }

  template <class Arithmetic, class Kernels>
  constexpr auto step(auto w, auto g, auto&... kept) const {
    return Optimizer::template step<Arithmetic, Kernels>(w, clipped<Arithmetic>(g), kept...);
  }

  template <class Arithmetic>
  constexpr bool follows(auto w, auto g) const {
    if constexpr (requires { std::declval<const Optimizer&>().template follows<Arithmetic>(w, g); })
      return Optimizer::template follows<Arithmetic>(w, clipped<Arithmetic>(g));
    return true;
  }

  // The shortcuts of a plain optimizer do not know of the limit.
  template <class Arithmetic, class Kernels, bool>
  void outer() const = delete;
  template <class Arithmetic>
  void add() const = delete;
  template <class Arithmetic, class Kernels>
  constexpr bool descend(auto& w, const auto& sum, float share, auto&... kept) const
    requires requires { std::declval<const Optimizer&>().template descend<Arithmetic, Kernels>(w, sum, share, kept...); }
  {
    constexpr float unlimited = std::numeric_limits<float>::infinity();
    return share < 1 && largest == unlimited && Optimizer::template descend<Arithmetic, Kernels>(w, sum, share, kept...);
  }

 private:
  template <class Arithmetic>
  constexpr auto clipped(auto g) const {
    using Gradient = typename Arithmetic::ParameterGradient;
    const Gradient wide = Arithmetic::parameter_gradient(g);
    if constexpr (requires { held_within(wide, largest); }) {
      return held_within(wide, largest);
    } else {
      const Gradient limit = number<Gradient>(largest), least = Arithmetic::parameter_gradient(-limit);
      return wide > limit ? limit : wide < least ? least : wide;
    }
  }
};

}  // namespace nn
