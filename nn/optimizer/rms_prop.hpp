// RmsProp: m ← smoothing·m + (1 - smoothing)·g²,   w ← w - rate·g / (√m + epsilon)
// Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
#pragma once

#include "nn/optimizer/mean_square.hpp"
#include "nn/optimizer/optimizer.hpp"
#include "nn/optimizer/root_steps.hpp"

namespace nn {

struct RmsProp {
  static constexpr std::string_view name = "RmsProp";
  static constexpr std::size_t copies = 1;
  static constexpr bool takes_lanes = true;

  float rate = 0.001f;
  float smoothing = 0.9f;
  float epsilon = 1e-7f;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
    visit(self.smoothing);
    visit(self.epsilon);
  }

  constexpr void begin_step() {}
  constexpr bool sound() const { return at_most(rate, 0x1p16f) && below_1(smoothing) && at_most(rate, epsilon * 0x1p40f); }

  template <class Arithmetic, class Kernels, class Moment>
  constexpr Moment step(auto w, auto g, Moment& m) const {
    if constexpr (is_fixed<Moment>) {
      return for_a_row<Arithmetic, Kernels>(*this).template step<Arithmetic, Kernels>(w, g, m);
    } else {
      m = mean_square<Arithmetic>(smoothing, m, g);
      return over_root<Arithmetic, Kernels>(rate, g, m, epsilon);
    }
  }

  // In fixed point, m is √m.
  template <class Steps>
  struct InFixed {
    Steps steps;

    template <class Arithmetic, class>
    constexpr auto step(auto, auto g, auto& root) const {
      const auto gradient = Arithmetic::moment(g);
      root = steps.mean_square(root, gradient);
      return steps.over_root(gradient, root);
    }
    template <class Others>
    constexpr InFixed<Others> with(const Others& others) const {
      return {others};
    }
  };
  template <class Arithmetic, class Kernels, std::same_as<RmsProp> Self>
  static constexpr auto for_a_row(const Self& self) {
    using Rule = RootSteps<typename Arithmetic::Moment>;
    return InFixed<Rule>{Rule{self.rate, self.smoothing, self.epsilon}};
  }
  template <class Arithmetic, class Kernels>
  constexpr bool descend(auto& w, const auto& sum, float share, auto& root) const {
    return descend_by_roots<Arithmetic, Kernels>(for_a_row<Arithmetic, Kernels>(*this), w, sum, share, root);
  }
  template <class Arithmetic, class Kernels, std::same_as<RmsProp> Self>
  static constexpr bool descend_row(const Self& self, auto& w, auto g, auto& root) {
    return descend_row_by_roots<Arithmetic, Kernels>(self, w, g, root);
  }
  template <class Arithmetic, class Kernels, std::same_as<RmsProp> Self>
  static constexpr bool descend_product(const Self& self, auto& weight, auto g, auto x, auto& root) {
    return descend_product_by_roots<Arithmetic, Kernels>(self, weight, g, x, root);
  }
};

}  // namespace nn
