// DepthwiseConv2d<Multiplier, Height, Width, Options…>: a convolution of each channel by itself, from which `Multiplier`
// channels of the output come.
//   DepthwiseConv2d<1, 3, 3, Same, Stride<2>>      options: nn/layer/window.hpp
//
//   x  [H][W][In]                          input
//   W  [Height][Width][In · Multiplier]    weight; channel o of the output is fed by channel ⌊o / Multiplier⌋ of the input
//   b  [In · Multiplier]                   bias, held at accumulator precision
//   y  [OH][OW][In · Multiplier]           output
//   y[r][c][o] = b[o] + Σ W[i][j][o] · x[r·stride + i·dilation - top][c·stride + j·dilation - left][⌊o / Multiplier⌋]
//
// Order of summation in float: forward over taps in the order of W, from 0, then the bias; ∂L/∂x over taps, for each over the
// channels it feeds; ∂L/∂W and ∂L/∂b over positions, row by row. Padding is passed over.
// Howard et al., MobileNets (2017), section 3.1; as DEPTHWISE_CONV_2D of TensorFlow Lite.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "nn/layer/by_four.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/matrix.hpp"
#include "nn/sum.hpp"

namespace nn {

template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct DepthwiseConv2d {
  static_assert(Multiplier > 0, "nn::DepthwiseConv2d<Multiplier, Height, Width>: each channel feeds at least one");
  static constexpr std::string_view name = "DepthwiseConv2d";

  template <class A, Shape Input>
  struct Bound {
    using Window = nn::Window<Input, Height, Width, steps_of<Options...>()>;
    static constexpr std::size_t N = Input.size();
    static constexpr std::size_t In = Input.channels;
    static constexpr std::size_t Out = In * Multiplier;
    static constexpr std::size_t Taps = Height * Width;
    static constexpr Shape output{Window::output_height, Window::output_width, Out};
    static constexpr std::size_t M = output.size();
    static constexpr std::size_t macs = M * Taps;
    static constexpr std::size_t fan_in = Taps;
    static constexpr std::size_t fan_out = Taps * Multiplier;
    static constexpr bool outputs_in_columns = true;
    static constexpr std::uint32_t constant = Window::constant;

    using InputSums = std::array<Sum<typename A::Gradient, typename A::Weight, Taps * Multiplier>, In>;
    using RowSums = std::array<Sum<typename A::Gradient, typename A::Input, Window::positions>, Out>;
    static constexpr std::size_t training_scratch = std::max(sizeof(InputSums), sizeof(RowSums));

    struct Parameters {
      Matrix<typename A::Weight, Taps, Out> weight;
      std::array<typename A::Accumulator, Out> bias;
    };

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename A::Input, N> x, std::span<typename A::Activation, M> y) {
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c)
          by_four<Out>([&]<std::size_t... K>(std::size_t o, std::index_sequence<K...>) {
            std::array<Sum<typename A::Weight, typename A::Input, Taps>, sizeof...(K)> sum{};
            Window::for_each_part(r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
              for (std::size_t t = 0; t < count; ++t) (sum[K].add(p.weight[tap + t][o + K], x[(first + t) * In + (o + K) / Multiplier]), ...);
            });
            ((y[(r * output.width + c) * Out + o + K] = A::activation(with_bias(sum[K].value(), p.bias[o + K]))), ...);
          });
    }

    template <class Kernels>
    static constexpr void backward(const Parameters& p, std::span<const typename A::Input, N>, std::span<const typename A::Activation, M>,
                                   std::span<const typename A::Gradient, M> g, std::span<typename A::InputGradient, N> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t c = 0; c < Input.width; ++c) {
          InputSums sum{};
          Window::for_each_tap_on(r, c, [&](std::size_t tap, std::size_t position) {
            for (std::size_t o = 0; o < Out; ++o) sum[o / Multiplier].add(g[position * Out + o], p.weight[tap][o]);
          });
          for (std::size_t i = 0; i < In; ++i) dx[(r * Input.width + c) * In + i] = A::input_gradient(sum[i].value());
        }
    }

    static constexpr void gradient(std::span<const typename A::Input, N> x, std::span<const typename A::Gradient, M> g, auto& sink) {
      for (std::size_t tap = 0; tap < Taps; ++tap) {
        RowSums sum{};
        for (std::size_t r = 0; r < output.height; ++r)
          for (std::size_t c = 0; c < output.width; ++c)
            if (const std::size_t pixel = Window::pixel_under(tap, r, c); pixel < Window::pixels)
              for (std::size_t o = 0; o < Out; ++o) sum[o].add(g[(r * output.width + c) * Out + o], x[pixel * In + o / Multiplier]);
        sink.add_row([](auto& parameters) -> auto& { return parameters.weight; }, tap, [&](std::size_t o) { return sum[o].value(); });
      }
      sink.add_positions([](auto& parameters) -> auto& { return parameters.bias; }, g);
    }
  };
};

}  // namespace nn
