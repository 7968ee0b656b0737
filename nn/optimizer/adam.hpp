// Adam, at its step t:  m ← beta1·m + (1 - beta1)·g      v ← beta2·v + (1 - beta2)·g²
//   w ← w - rate · √(1 - beta2^t) / (1 - beta1^t) · m / (√v + epsilon)
// Kingma and Ba, Adam (2015), in the order of computation given at the end of its section 2.
#pragma once

#include "nn/optimizer/mean_square.hpp"
#include "nn/optimizer/optimizer.hpp"
#include "nn/optimizer/root_steps.hpp"

namespace nn {

struct Adam {
  static constexpr std::string_view name = "Adam";
  static constexpr std::size_t copies = 2;
  static constexpr bool takes_lanes = true;

  float rate = 0.001f;
  float beta1 = 0.9f;
  float beta2 = 0.999f;
  float epsilon = 1e-7f;

  // Followed by begin_step: beta1^t, beta2^t and √(1 - beta2^t) / (1 - beta1^t).
  float beta1_power = 1;
  float beta2_power = 1;
  float correction = 1;

  static constexpr void for_each_setting(auto& self, auto&& visit) {
    visit(self.rate);
    visit(self.beta1);
    visit(self.beta2);
    visit(self.epsilon);
    visit(self.beta1_power);
    visit(self.beta2_power);
    visit(self.correction);
  }

  constexpr void begin_step() {
    beta1_power = Real<float>::moment(beta1_power * beta1);
    beta2_power = Real<float>::moment(beta2_power * beta2);
    correction = Elementary<float>::sqrt(1 - beta2_power) / (1 - beta1_power);
  }
  constexpr bool sound() const {
    return at_most(rate, 0x1p16f) && below_1(beta1) && below_1(beta2) && at_most(rate, epsilon * 0x1p40f * (1 - beta1));
  }

  template <class Arithmetic, class Kernels, class Moment>
  constexpr Moment step(auto w, auto g, Moment& m, Moment& v) const {
    if constexpr (is_fixed<Moment>) return for_a_row<Arithmetic, Kernels>(*this).template step<Arithmetic, Kernels>(w, g, m, v);
    else return step_in_float<Arithmetic, Kernels>(g, m, v);
  }

  // In fixed point, v is √v.
  template <class Steps>
  struct InFixed {
    Steps steps;
    std::int32_t share;

    template <class Arithmetic, class>
    constexpr auto step(auto, auto g, auto& m, auto& root) const {
      const auto gradient = Arithmetic::moment(g);
      m = steps.averaged(share, m, gradient);
      root = steps.mean_square(root, gradient);
      return steps.over_root(m, root);
    }
    template <class Others>
    constexpr InFixed<Others> with(const Others& others) const {
      return {others, share};
    }
  };
  template <class Arithmetic, class Kernels, std::same_as<Adam> Self>
  static constexpr auto for_a_row(const Self& self) {
    using Rule = RootSteps<typename Arithmetic::Moment>;
    return InFixed<Rule>{Rule{self.rate * self.correction, self.beta2, self.epsilon}, Rule::share(self.beta1)};
  }
  template <class Arithmetic, class Kernels>
  constexpr bool descend(auto& w, const auto& sum, float share, auto& m, auto& root) const {
    return descend_by_roots<Arithmetic, Kernels>(for_a_row<Arithmetic, Kernels>(*this), w, sum, share, m, root);
  }
  template <class Arithmetic, class Kernels, std::same_as<Adam> Self>
  static constexpr bool descend_row(const Self& self, auto& w, auto g, auto& m, auto& root) {
    return descend_row_by_roots<Arithmetic, Kernels>(self, w, g, m, root);
  }
  template <class Arithmetic, class Kernels, std::same_as<Adam> Self>
  static constexpr bool descend_product(const Self& self, auto& weight, auto g, auto x, auto& m, auto& root) {
    return descend_product_by_roots<Arithmetic, Kernels>(self, weight, g, x, m, root);
  }

 private:
  template <class Arithmetic, class Kernels, class Moment>
  constexpr Moment step_in_float(auto g, Moment& m, Moment& v) const {
    m = Arithmetic::moment(Arithmetic::scaled(beta1, m) + Arithmetic::scaled(1 - beta1, g));
    v = mean_square<Arithmetic>(beta2, v, g);
    return over_root<Arithmetic, Kernels>(rate * correction, m, v, epsilon);
  }
};

}  // namespace nn
