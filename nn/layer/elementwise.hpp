// Elementwise<Function>: a layer that applies one function to every element, y[i] = f(x[i]), in place.
//
// Function gives value<A>(x) and slope<A>(y): f′ written in terms of the output, so that x need not be kept.
// Backward:   ∂L/∂x[i] = ∂L/∂y[i] · f′
#pragma once

#include <cstddef>
#include <span>

#include "nn/layer/layer.hpp"

namespace nn {

template <class Function>
struct Elementwise {
  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t N = Input.size();
    static constexpr bool in_place = true;
    static constexpr bool backward_reads_output = true;
    static constexpr std::uint32_t constant = nn::constant<Function>;
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename A::Activation, N> x,
                                  std::span<typename A::Activation, N> y) {
      for (std::size_t i = 0; i < N; ++i) y[i] = Function::template value<A>(x[i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename A::Activation, N>,
                                   std::span<const typename A::Activation, N> y,
                                   std::span<const typename A::Gradient, N> g, std::span<typename A::Gradient, N> dx) {
      for (std::size_t i = 0; i < N; ++i) dx[i] = A::gradient(g[i] * Function::template slope<A>(y[i]));
    }
  };
};

}  // namespace nn
