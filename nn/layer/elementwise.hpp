// Elementwise<Function>: a layer that applies one function to every element, y[i] = f(x[i]), in place.
//
// Function gives value<Arithmetic>(x) and one of
//   slope<Arithmetic>(y)       f′ written in terms of the output, so that x need not be kept
//   slope_at<Arithmetic>(x)    f′ where y does not tell it
//   passed<Arithmetic>(g, y)   g·f′ where that needs no product
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
  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output = Input;
    static constexpr AlongTime along_time = AlongTime::each_frame;
    static constexpr std::size_t Size = Input.size();
    static constexpr bool in_place = std::is_same_v<typename Arithmetic::Input, typename Arithmetic::Activation>;
    static constexpr bool backward_reads_input = requires(typename Arithmetic::Input x) {
      Function::template slope_at<Arithmetic>(x);
    };
    static constexpr bool backward_reads_output = !backward_reads_input;
    static constexpr std::uint32_t constant = nn::constant<Function>;
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename Arithmetic::Input, Size> x,
                                  std::span<typename Arithmetic::Activation, Size> y) {
      for (std::size_t i = 0; i < Size; ++i) y[i] = Function::template value<Arithmetic>(x[i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, [[maybe_unused]] std::span<const typename Arithmetic::Input, Size> x,
                                   [[maybe_unused]] std::span<const typename Arithmetic::Activation, Size> y,
                                   std::span<const typename Arithmetic::Gradient, Size> g,
                                   std::span<typename Arithmetic::InputGradient, Size> dx) {
      for (std::size_t i = 0; i < Size; ++i) {
        if constexpr (requires { Function::template passed<Arithmetic>(g[i], y[i]); })
          dx[i] = Arithmetic::input_gradient(Function::template passed<Arithmetic>(g[i], y[i]));
        else if constexpr (backward_reads_input)
          dx[i] = Arithmetic::input_gradient(g[i] * Function::template slope_at<Arithmetic>(x[i]));
        else
          dx[i] = Arithmetic::input_gradient(g[i] * Function::template slope<Arithmetic>(y[i]));
      }
    }
  };
};

}  // namespace nn
