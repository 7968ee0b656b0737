// Pad<Top, Bottom, Left, Right>: rows and columns of zeros around the input, for each channel.
//
//   x  [H][W][C]                                 input
//   y  [Top + H + Bottom][Left + W + Right][C]   output
//
// Backward: ∂L/∂x is the part of g that lies over x.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "nn/layer/layer.hpp"

namespace nn {

template <std::size_t Top, std::size_t Bottom = Top, std::size_t Left = Top, std::size_t Right = Left>
struct Pad {
  static_assert(Top + Bottom + Left + Right > 0, "nn::Pad<Top, Bottom, Left, Right>: there is nothing to pad");
  static constexpr std::string_view name = "Pad";

  template <class A, Shape Input>
  struct Bound {
    static constexpr Shape output{Top + Input.height + Bottom, Left + Input.width + Right, Input.channels};
    static constexpr std::size_t N = Input.size();
    static constexpr std::size_t M = output.size();
    static constexpr std::uint32_t constant = static_cast<std::uint32_t>(Top * 65536 + Left);
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename A::Input, N> x, std::span<typename A::Activation, M> y) {
      for (auto& number : y) number = {};
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t i = 0; i < row; ++i) y[start(r) + i] = A::activation(x[r * row + i]);
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename A::Input, N>, std::span<const typename A::Activation, M>,
                                   std::span<const typename A::Gradient, M> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t i = 0; i < row; ++i) dx[r * row + i] = A::input_gradient(g[start(r) + i]);
    }

   private:
    static constexpr std::size_t row = Input.width * Input.channels;
    // Where row r of x lies in y.
    static constexpr std::size_t start(std::size_t r) { return ((Top + r) * output.width + Left) * Input.channels; }
  };
};

}  // namespace nn
