// Relu6: y = min(max(x, 0), 6);   y′ = 1 where 0 < y < 6, else 0. Where 6 is beyond the activations' range, their highest
// number takes its place.
// Howard et al., MobileNets (2017).
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"
#include "nn/number/fixed.hpp"

namespace nn {

struct Relu6 {
  static constexpr std::string_view name = "Relu6";

  template <class A, Shape Input>
  struct Bound : Elementwise<Relu6>::Bound<A, Input> {
    using Base = typename Elementwise<Relu6>::template Bound<A, Input>;
    using typename Base::Parameters;
    using Base::N;

    // g passes or is dropped: no product is needed.
    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename A::Input, N>,
                                   std::span<const typename A::Activation, N> y,
                                   std::span<const typename A::Gradient, N> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t i = 0; i < N; ++i)
        dx[i] = y[i] > typename A::Activation{} && y[i] < six<A> ? A::input_gradient(g[i]) : typename A::InputGradient{};
    }
  };

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    if (!(x > typename A::Input{})) return {};
    const typename A::Activation y = A::activation(x);
    return y < six<A> ? y : six<A>;
  }

  template <class A>
  static constexpr typename A::Activation six = number<typename A::Activation>(6.0f);
};

}  // namespace nn
