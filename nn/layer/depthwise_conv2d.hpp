// DepthwiseConv2d<Multiplier, Height, Width, Options…>: a convolution of each channel by itself, from which `Multiplier`
// channels of the output come.
//   DepthwiseConv2d<1, 3, 3, Same, Stride<2>>      options: nn/layer/window_options.hpp
//
//   x  [H][W][Channels]                             input
//   W  [Height][Width][Channels · Multiplier]    weight; channel ⌊o / Multiplier⌋ of the input feeds channel o of the output
//   b  [Channels · Multiplier]                   bias, held at accumulator precision
//   y  [OH][OW][Channels · Multiplier]           output
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
#include <type_traits>
#include <utility>

#include "nn/backward_kernels.hpp"
#include "nn/layer/backward_blocks.hpp"
#include "nn/layer/by_four.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/matrix.hpp"
#include "nn/sum.hpp"

namespace nn {

template <class Arithmetic, std::size_t Taps, std::size_t Outputs>
struct DepthwiseParameters {
  Matrix<typename Arithmetic::Weight, Taps, Outputs> weight;
  std::array<typename Arithmetic::Accumulator, Outputs> bias;
};

template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct DepthwiseConv2d {
  static_assert(Multiplier > 0, "nn::DepthwiseConv2d<Multiplier, Height, Width>: each channel feeds at least one");
  static constexpr std::string_view name = "DepthwiseConv2d";
  template <class Padding>
  using Piece = DepthwiseConv2d<Multiplier, Height, Width, Options..., Padding>;

  template <class Arithmetic, Shape Input>
  struct Bound {
    using Window = nn::Window<Input, Height, Width, steps_of<Options...>()>;
    using Blocks = BackwardBlocks<Window>;
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr std::size_t Outputs = Channels * Multiplier;
    static constexpr std::size_t Taps = Height * Width;
    static constexpr Shape output{Window::output_height, Window::output_width, Outputs};
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::size_t macs = OutputSize * Taps;
    static constexpr std::size_t fan_in = Taps;
    static constexpr std::size_t fan_out = Taps * Multiplier;
    static constexpr bool outputs_in_columns = true;
    static constexpr std::uint32_t constant = Window::constant;
    static constexpr AlongTime along_time = AlongTime::window;

    using InputSums =
        std::array<Sum<Arithmetic, typename Arithmetic::Gradient, typename Arithmetic::Weight, Taps * Multiplier>, Channels>;
    using RowSums =
        std::array<Sum<Arithmetic, typename Arithmetic::Gradient, typename Arithmetic::Input, Window::positions>, Outputs>;
    static constexpr std::size_t training_scratch = std::max(sizeof(InputSums), sizeof(RowSums));

    using Parameters = DepthwiseParameters<Arithmetic, Taps, Outputs>;

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename Arithmetic::Input, InputSize> x,
                                  std::span<typename Arithmetic::Activation, OutputSize> y) {
      forward_rows<Kernels>(p, x.data(), no_rows, 0, output.height, y.data());
    }

    // Rows [begin, end) of y alone; x begins with row `above` of the input.
    template <class Kernels>
    static constexpr void forward_rows(const Parameters& p, const typename Arithmetic::Input* x, auto above,
                                       std::size_t begin, std::size_t end, typename Arithmetic::Activation* y) {
      if constexpr (Multiplier == 1 && std::is_floating_point_v<typename Arithmetic::Activation>)
        return forward_taps<Kernels>(p, x, above, begin, end, y);
      for (std::size_t r = begin; r < end; ++r)
        for (std::size_t c = 0; c < output.width; ++c, y += Outputs)
          if (!forward_short<Kernels>(p, x, above, r, c, y)) forward_exact(p, x, above, r, c, y);
    }

    // One pixel of y, channels one after another.
    static constexpr void forward_exact(const Parameters& p, const typename Arithmetic::Input* x, auto above, std::size_t r,
                                        std::size_t c, typename Arithmetic::Activation* y) {
      by_four<Outputs>([&]<std::size_t... Lane>(std::size_t o, std::index_sequence<Lane...>) {
        std::array<Sum<Arithmetic, typename Arithmetic::Weight, typename Arithmetic::Input, Taps>, sizeof...(Lane)> sum{};
        Window::for_each_part(above, r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
          for (std::size_t t = 0; t < count; ++t)
            (sum[Lane].add(p.weight[tap + t][o + Lane], x[(first + t) * Channels + (o + Lane) / Multiplier]), ...);
        });
        ((y[o + Lane] = Arithmetic::activation(with_bias(sum[Lane].value(), p.bias[o + Lane]))), ...);
      });
    }

    // The same by sums in the format of the bias, up to 64 channels of a tap at a time, if the kernels have such; false: not all
    // sums fit, or there is no such kernel.
    template <class Kernels>
    static constexpr bool forward_short(const Parameters& p, const typename Arithmetic::Input* x, auto above, std::size_t r,
                                        std::size_t c, typename Arithmetic::Activation* y) {
      using Number = typename Arithmetic::Accumulator;
      if constexpr (Multiplier == 1 && requires(Number* sum) {
                      Kernels::template add_short_taps<Channels>(sum, p.weight[0].data(), x, Taps, Taps);
                    }) {
        if (std::is_constant_evaluated()) return false;
        for (std::size_t o = 0; o < Outputs; o += 64) {
          std::array<Number, std::min<std::size_t>(Outputs, 64)> sum;
          const std::size_t some = std::min(Outputs - o, sum.size());
          std::copy_n(p.bias.data() + o, some, sum.data());
          bool fits = true;
          Window::for_each_part(above, r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
            fits = fits && Kernels::template add_short_taps<Channels>(sum.data(), p.weight[tap].data() + o,
                                                                      x + first * Channels + o, some, count);
          });
          if (!fits) return false;
          if constexpr (!Arithmetic::watched && requires { Kernels::narrow_short(y, sum.data(), some); })
            if (Kernels::narrow_short(y + o, sum.data(), some)) continue;
          for (std::size_t k = 0; k < some; ++k) y[o + k] = Arithmetic::activation(sum[k]);
        }
        return true;
      }
      return false;
    }

    // In float: all channels of a tap, or of the taps of a row, before those of the next; y itself has the sums.
    template <class Kernels>
    static constexpr void forward_taps(const Parameters& p, const typename Arithmetic::Input* x, auto above, std::size_t begin,
                                       std::size_t end, typename Arithmetic::Activation* sum) {
      using Number = typename Arithmetic::Activation;
      for (std::size_t r = begin; r < end; ++r)
        for (std::size_t c = 0; c < output.width; ++c, sum += Outputs) {
          std::fill(sum, sum + Outputs, Number(0));
          Window::for_each_part(above, r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
            if (!std::is_constant_evaluated())
              return Kernels::add_taps(sum, p.weight[tap].data(), x + first * Channels, Channels, count);
            for (std::size_t t = 0; t < count; ++t)
              Kernels::add_taps(sum, p.weight[tap + t].data(), x + (first + t) * Channels, Channels, 1);
          });
          Kernels::add_scaled(sum, Number(1), p.bias.data(), Outputs);
          if constexpr (Arithmetic::watched)
            for (std::size_t o = 0; o < Outputs; ++o) sum[o] = Arithmetic::activation(sum[o]);
        }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters& p, std::span<const typename Arithmetic::Input, InputSize>,
                                   std::span<const typename Arithmetic::Activation, OutputSize>,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                   std::span<typename Arithmetic::InputGradient, InputSize> dx) {
      for (std::size_t r = 0; r < Input.height; ++r)
        for (std::size_t c = 0; c < Input.width; ++c) {
          InputSums sum{};
          if constexpr (Multiplier == 1)
            Blocks::for_each_taps_on(r, c, [&](const typename Blocks::TapsOnPixel& on) {
              Kernels::add_row_products(sum.data(), Channels, g.data() + on.position * Channels, p.weight[on.tap].data(),
                                        Blocks::walk(on));
            });
          else
            Blocks::for_each_tap_on(r, c, [&](std::size_t tap, std::size_t position) {
              for (std::size_t o = 0; o < Outputs; ++o) sum[o / Multiplier].add(g[position * Outputs + o], p.weight[tap][o]);
            });
          for (std::size_t i = 0; i < Channels; ++i)
            dx[(r * Input.width + c) * Channels + i] = Arithmetic::input_gradient(sum[i].value());
        }
    }

    static constexpr void gradient(std::span<const typename Arithmetic::Input, InputSize> x,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g, auto& sink) {
      using Kernels = typename KernelsOfSink<std::remove_cvref_t<decltype(sink)>>::type;
      for (std::size_t tap = 0; tap < Taps; ++tap) {
        RowSums sum{};
        if constexpr (Multiplier == 1)
          Blocks::for_each_block_of_tap(tap, [&](const typename Blocks::Block& block) {
            Kernels::add_row_products(sum.data(), Channels, g.data() + block.position * Channels,
                                      x.data() + block.pixel * Channels, Blocks::walk(block, Channels));
          });
        else
          for (std::size_t r = 0; r < output.height; ++r)
            for (std::size_t c = 0; c < output.width; ++c)
              if (const std::size_t pixel = Window::pixel_under(tap, r, c); pixel < Window::pixels)
                for (std::size_t o = 0; o < Outputs; ++o)
                  sum[o].add(g[(r * output.width + c) * Outputs + o], x[pixel * Channels + o / Multiplier]);
        sink.add_row(
            [](auto& parameters) -> auto& { return parameters.weight; }, tap, [&](std::size_t o) { return sum[o].value(); });
      }
      sink.add_positions([](auto& parameters) -> auto& { return parameters.bias; }, g);
    }
  };
};

}  // namespace nn
