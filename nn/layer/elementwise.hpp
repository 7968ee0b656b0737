// Elementwise<Function>: a layer that applies one function to every element, y[i] = f(x[i]), in place.
//
// Function gives value<A>(x) and one of
//   slope<A>(y)       f′ written in terms of the output, so that x need not be kept
//   slope_at<A>(x)    f′ where y does not tell it
//   passed<A>(g, y)   g·f′ where that needs no product
// It is in place where x and y have the same format.
// Backward:   ∂L/∂x[i] = ∂L/∂y[i] · f′
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/layer/layer.hpp"

namespace nn {

template <class Function>
struct Elementwise {
  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr std::size_t N = Input.size();
    static constexpr bool in_place = std::is_same_v<typename A::Input, typename A::Activation>;
    static constexpr bool backward_reads_input = requires(typename A::Input x) { Function::template slope_at<A>(x); };
    static constexpr bool backward_reads_output = !backward_reads_input;
    static constexpr std::uint32_t constant = nn::constant<Function>;
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename A::Input, N> x,
                                  std::span<typename A::Activation, N> y) {
      for (std::size_t i = 0; i < N; ++i) y[i] = Function::template value<A>(x[i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, [[maybe_unused]] std::span<const typename A::Input, N> x,
                                   [[maybe_unused]] std::span<const typename A::Activation, N> y,
                                   std::span<const typename A::Gradient, N> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t i = 0; i < N; ++i) {
        if constexpr (requires { Function::template passed<A>(g[i], y[i]); })
          dx[i] = A::input_gradient(Function::template passed<A>(g[i], y[i]));
        else if constexpr (backward_reads_input)
          dx[i] = A::input_gradient(g[i] * Function::template slope_at<A>(x[i]));
        else
          dx[i] = A::input_gradient(g[i] * Function::template slope<A>(y[i]));
      }
    }
  };
};

}  // namespace nn
