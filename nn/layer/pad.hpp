// Pad<Above, Below, Left, Right>: rows and columns of zeros around the input, for each channel.
//
//   x  [H][W][C]                                  input
//   y  [Above + H + Below][Left + W + Right][C]   output
//
// Backward: ∂L/∂x is the part of g that lies over x.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/layer/layer.hpp"

namespace nn {

template <std::size_t Above, std::size_t Below = Above, std::size_t Left = Above, std::size_t Right = Left>
struct Pad {
  static_assert(Above + Below + Left + Right > 0, "nn::Pad<Above, Below, Left, Right>: there is nothing to pad");
  static constexpr std::string_view name = "Pad";

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Shape output{Above + Input.height + Below, Left + Input.width + Right, Input.channels};
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::uint32_t constant = static_cast<std::uint32_t>(Above * 65536 + Left);
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize> x,
                                  std::span<typename Arithmetic::Activation, OutputSize> y) {
      for (auto& number : y) number = {};
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t i = 0; i < row; ++i) y[start(r) + i] = Arithmetic::activation(x[r * row + i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize>,
                                   std::span<const typename Arithmetic::Activation, OutputSize>,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                   std::span<typename Arithmetic::InputGradient, InputSize> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t i = 0; i < row; ++i) dx[r * row + i] = Arithmetic::input_gradient(g[start(r) + i]);
    }

   private:
    static constexpr std::size_t row = Input.width * Input.channels;
    // Where row r of x lies in y.
    static constexpr std::size_t start(std::size_t r) { return ((Above + r) * output.width + Left) * Input.channels; }
  };
};

}  // namespace nn
