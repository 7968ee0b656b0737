// Conv2d<Out, Height, Width, Options…>: a convolution over height and width, y = W ⋆ x + b at every position of the window.
//   Conv2d<8, 3, 3, Same>      Conv2d<16, 5, 5, Stride<2>>      Conv2d<32, 1, 1>      options: nn/layer/window.hpp
//
//   x  [H][W][In]                  input
//   W  [Out][Height][Width][In]    weight; row o feeds channel o of the output, so each output is one dot product
//   b  [Out]                       bias, held at accumulator precision: it is added before rounding
//   y  [OH][OW][Out]               output
//   y[r][c][o] = b[o] + Σ W[o][i][j][k] · x[r·stride + i·dilation - top][c·stride + j·dilation - left][k]
//
// Order of summation in float: forward copies the numbers under the window, with zeros for padding, and is Kernels::affine
// of them. In the gradients products with g = 0, of which ReLU and pooling make many, are passed over, and so is padding:
//   ∂L/∂x[r][c][k]      over taps in the order of W, for each over o
//   ∂L/∂W[o], ∂L/∂b[o]  over positions, row by row
// One window of x, unless it lies in one piece, and the sums of one row of ∂L/∂W are on the stack: Height·Width·In numbers each.
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 9.5.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "nn/kernels.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/sum.hpp"

namespace nn {

template <std::size_t Out, std::size_t Height, std::size_t Width, class... Options>
struct Conv2d {
  static_assert(Out > 0, "nn::Conv2d<Out, Height, Width>: a layer needs at least one output channel");
  static constexpr std::string_view name = "Conv2d";

  template <class A, Shape Input>
  struct Bound {
    using Window = nn::Window<Input, Height, Width, steps_of<Options...>()>;
    static constexpr std::size_t N = Input.size();
    static constexpr std::size_t In = Input.channels;
    static constexpr std::size_t Patch = Height * Width * In;
    static constexpr Shape output{Window::output_height, Window::output_width, Out};
    static constexpr std::size_t M = output.size();
    static constexpr std::size_t macs = M * Patch;
    static constexpr std::size_t fan_in = Patch;
    static constexpr std::size_t fan_out = Height * Width * Out;
    static constexpr std::uint32_t constant = Window::constant;

    using Copy = std::array<typename A::Input, Window::contiguous ? 0 : Patch>;
    using InputSums = std::array<Sum<typename A::Gradient, typename A::Weight, Height * Width * Out>, In>;
    using RowSums = std::array<Sum<typename A::Gradient, typename A::Input, Window::positions>, Patch>;
    static constexpr std::size_t scratch = Window::contiguous ? 0 : sizeof(Copy);
    static constexpr std::size_t training_scratch = std::max(sizeof(InputSums), sizeof(RowSums));

    struct Parameters {
      Matrix<typename A::Weight, Out, Patch> weight;
      std::array<typename A::Accumulator, Out> bias;
    };

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename A::Input, N> x, std::span<typename A::Activation, M> y) {
      Copy copy{};
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c) {
          typename A::Activation* const to = y.data() + (r * output.width + c) * Out;
          Kernels::affine(p.weight, p.bias, Window::patch_at(x, r, c, copy), [to](std::size_t o, auto sum) { to[o] = A::activation(sum); });
        }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters& p, std::span<const typename A::Input, N>, std::span<const typename A::Activation, M>,
                                   std::span<const typename A::Gradient, M> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t c = 0; c < Input.width; ++c) {
          InputSums sum{};
          Window::for_each_tap_on(r, c, [&](std::size_t tap, std::size_t position) {
            for (std::size_t o = 0; o < Out; ++o) {
              const auto from = g[position * Out + o];
              if (from == typename A::Gradient{}) continue;
              const typename A::Weight* const w = p.weight[o].data() + tap * In;
              for (std::size_t i = 0; i < In; ++i) sum[i].add(from, w[i]);
            }
          });
          for (std::size_t i = 0; i < In; ++i) dx[(r * Input.width + c) * In + i] = A::input_gradient(sum[i].value());
        }
    }

    static constexpr void gradient(std::span<const typename A::Input, N> x, std::span<const typename A::Gradient, M> g, auto& sink) {
      for (std::size_t o = 0; o < Out; ++o) {
        RowSums sum{};
        for (std::size_t r = 0; r < output.height; ++r)
          for (std::size_t c = 0; c < output.width; ++c) {
            const auto from = g[(r * output.width + c) * Out + o];
            if (from == typename A::Gradient{}) continue;
            Window::for_each_part(r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
              for (std::size_t i = 0; i < count * In; ++i) sum[tap * In + i].add(from, x[first * In + i]);
            });
          }
        sink.add_row([](auto& parameters) -> auto& { return parameters.weight; }, o, [&](std::size_t i) { return sum[i].value(); });
      }
      sink.add_positions([](auto& parameters) -> auto& { return parameters.bias; }, g);
    }
  };
};

}  // namespace nn
