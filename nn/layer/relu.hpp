// Relu: y = max(x, 0);   y′ = 1 where y > 0, else 0
#pragma once

#include <string_view>

#include "nn/layer/elementwise.hpp"

namespace nn {

struct Relu {
  static constexpr std::string_view name = "Relu";

  template <class A, Shape Input>
  struct Bound : Elementwise<Relu>::Bound<A, Input> {
    using Base = typename Elementwise<Relu>::template Bound<A, Input>;
    using typename Base::Parameters;
    using Base::N;

    // g passes or is dropped: no product is needed.
    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename A::Input, N>,
                                   std::span<const typename A::Activation, N> y,
                                   std::span<const typename A::Gradient, N> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t i = 0; i < N; ++i) dx[i] = y[i] > typename A::Activation{} ? A::input_gradient(g[i]) : typename A::InputGradient{};
    }
  };

  template <class A>
  static constexpr typename A::Activation value(typename A::Input x) {
    return x > typename A::Input{} ? A::activation(x) : typename A::Activation{};
  }
};

}  // namespace nn
