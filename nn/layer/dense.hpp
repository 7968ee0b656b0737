// Dense: a fully connected layer, y = W·x + b.
//
//   x  [Inputs]            input, flattened
//   W  [Outputs][Inputs]   weight; row o feeds output o, so each output is one dot product
//   b  [Outputs]           bias, held at accumulator precision: it is added before rounding
//   y  [Outputs]           output
//
// Backward, with g = ∂L/∂y:   ∂L/∂x = Wᵀ·g    ∂L/∂W = g·xᵀ    ∂L/∂b = g
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.5.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "nn/kernels.hpp"
#include "nn/laid_out_rows.hpp"
#include "nn/layer/layer.hpp"

namespace nn {

template <std::size_t Outputs>
struct Dense {
  static_assert(Outputs > 0, "nn::Dense<Outputs>: a layer needs at least one output");
  static constexpr std::string_view name = "Dense";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr std::size_t Inputs = Input.size();
    static constexpr Shape output{.channels = Outputs};
    static constexpr std::size_t macs = Inputs * Outputs;
    static constexpr std::size_t fan_in = Inputs;
    static constexpr std::size_t fan_out = Outputs;

    static constexpr bool one_product = true;

    struct Nowhere {  // to store to
      constexpr void operator()(std::size_t, std::size_t, auto) const {}
    };
    struct Parameters {
      Matrix<typename Arithmetic::Weight, Outputs, Inputs> weight;
      std::array<typename Arithmetic::Accumulator, Outputs> bias;
    };

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename Arithmetic::Input, Inputs> x,
                                  std::span<typename Arithmetic::Activation, Outputs> y) {
      if constexpr (!Arithmetic::watched && requires { Kernels::affine_to(p.weight, p.bias, x, y); })
        return Kernels::affine_to(p.weight, p.bias, x, y);
      Kernels::affine(p.weight, p.bias, x, [y](std::size_t o, auto sum) { y[o] = Arithmetic::activation(sum); });
    }

    // With parameters that the compiler knows, as the core reads them.
    template <std::size_t Bytes>
    using LaidOut = LaidOutRows<typename Arithmetic::Accumulator, Outputs, Inputs, Bytes>;
    template <class Kernels>
    static constexpr std::size_t laid_out_bytes(const Parameters& p) {
      if constexpr (!Arithmetic::watched &&
                    requires { Kernels::template affine_bytes<typename Arithmetic::Input>(p.weight, p.bias); })
        return Kernels::template affine_bytes<typename Arithmetic::Input>(p.weight, p.bias);
      return 0;
    }
    template <class Kernels, std::size_t Bytes>
    static constexpr LaidOut<Bytes> lay_out(const Parameters& p) {
      LaidOut<Bytes> made{};
      Kernels::lay_out_affine(p.weight, p.bias, made.bytes.data());
      return made;
    }
    template <class Kernels, std::size_t Bytes>
    static void forward(const LaidOut<Bytes>& p, std::span<const typename Arithmetic::Input, Inputs> x,
                        std::span<typename Arithmetic::Activation, Outputs> y) {
      Kernels::affine(p, x, [y](std::size_t o, auto sum) { y[o] = Arithmetic::activation(sum); });
    }

    template <class Kernels>
    static void forward_of_all(const Parameters& p, std::span<const typename Arithmetic::Input* const> x,
                               std::span<typename Arithmetic::Activation* const> y)
      requires requires { Kernels::affine_of_all(p.weight, p.bias, x, Nowhere{}); }
    {
      Kernels::affine_of_all(p.weight, p.bias, x,
                             [y](std::size_t k, std::size_t o, auto sum) { y[k][o] = Arithmetic::activation(sum); });
    }

    template <class Kernels>
    static constexpr void backward(const Parameters& p, std::span<const typename Arithmetic::Input, Inputs>,
                                   std::span<const typename Arithmetic::Activation, Outputs>,
                                   std::span<const typename Arithmetic::Gradient, Outputs> g,
                                   std::span<typename Arithmetic::InputGradient, Inputs> dx) {
      if constexpr (!Arithmetic::watched && requires { Kernels::transposed_product_to(p.weight, g, dx); })
        return Kernels::transposed_product_to(p.weight, g, dx);
      Kernels::transposed_product(p.weight, g, [dx](std::size_t i, auto sum) { dx[i] = Arithmetic::input_gradient(sum); });
    }

    static constexpr void gradient(std::span<const typename Arithmetic::Input, Inputs> x,
                                   std::span<const typename Arithmetic::Gradient, Outputs> g, auto& sink) {
      sink.affine(
          [](auto& parameters) -> auto& { return parameters.weight; }, [](auto& parameters) -> auto& { return parameters.bias; },
          g, x);
    }
  };
};

}  // namespace nn
