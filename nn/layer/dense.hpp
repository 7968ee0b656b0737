// Dense: a fully connected layer, y = W·x + b.
//
//   x  [In]        input, flattened
//   W  [Out][In]   weight; row o feeds output o, so each output is one dot product
//   b  [Out]       bias, held at accumulator precision: it is added before rounding
//   y  [Out]       output
//
// Backward, with g = ∂L/∂y:   ∂L/∂x = Wᵀ·g    ∂L/∂W = g·xᵀ    ∂L/∂b = g
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.5.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"

namespace nn {

template <std::size_t Out>
struct Dense {
  static_assert(Out > 0, "nn::Dense<Out>: a layer needs at least one output");
  static constexpr std::string_view name = "Dense";

  template <class A, Shape Input>
  struct Bound {
    static constexpr std::size_t In = Input.size();
    static constexpr Shape output{.channels = Out};
    static constexpr std::size_t macs = In * Out;
    static constexpr std::size_t fan_in = In;
    static constexpr std::size_t fan_out = Out;

    struct Parameters {
      Matrix<typename A::Weight, Out, In> weight;
      std::array<typename A::Accumulator, Out> bias;
    };

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename A::Input, In> x,
                                  std::span<typename A::Activation, Out> y) {
      Kernels::affine(p.weight, p.bias, x, [y](std::size_t o, auto sum) { y[o] = A::activation(sum); });
    }

    template <class Kernels>
    static constexpr void backward(const Parameters& p, std::span<const typename A::Input, In>,
                                   std::span<const typename A::Activation, Out>,
                                   std::span<const typename A::Gradient, Out> g, std::span<typename A::InputGradient, In> dx) {
      Kernels::transposed_product(p.weight, g, [dx](std::size_t i, auto sum) { dx[i] = A::input_gradient(sum); });
    }

    static constexpr void gradient(std::span<const typename A::Input, In> x,
                                   std::span<const typename A::Gradient, Out> g, auto& sink) {
      sink.affine([](auto& parameters) -> auto& { return parameters.weight; }, [](auto& parameters) -> auto& { return parameters.bias; }, g, x);
    }
  };
};

}  // namespace nn
