// Conv2d<Outputs, Height, Width, Options…>: a convolution over height and width, y = W ⋆ x + b at every position of a window.
//   Conv2d<8, 3, 3, Same>      Conv2d<16, 5, 5, Stride<2>>      Conv2d<32, 1, 1>      options: nn/layer/window_options.hpp
//
//   x  [H][W][Channels]                      input
//   W  [Outputs][Height][Width][Channels]    weight; row o feeds channel o of the output, so each output is one dot product
//   b  [Outputs]                             bias, held at accumulator precision: it is added before rounding
//   y  [OH][OW][Outputs]                     output
//   y[r][c][o] = b[o] + Σ W[o][i][j][k] · x[r·stride + i·dilation - top][c·stride + j·dilation - left][k]
//
// Order of summation in float: forward copies the numbers under the window, with zeros for padding, and is Kernels::affine
// of them. In the gradients products with g = 0, of which ReLU and pooling make many, are passed over, and so is padding:
//   ∂L/∂x[r][c][k]      over taps in the order of W, for each over o
//   ∂L/∂W[o], ∂L/∂b[o]  over positions, row by row
// One window of x, unless it lies in one piece, and the sums of one row of ∂L/∂W are on the stack: each
// Height·Width·Channels numbers.
// Goodfellow, Bengio and Courville, Deep Learning (2016), section 9.5.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/backward_kernels.hpp"
#include "nn/kernels.hpp"
#include "nn/layer/backward_blocks.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/sum.hpp"

namespace nn {

template <class Arithmetic, std::size_t Outputs, std::size_t Patch>
struct Conv2dParameters {
  Matrix<typename Arithmetic::Weight, Outputs, Patch> weight;
  std::array<typename Arithmetic::Accumulator, Outputs> bias;
};

template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct Conv2d {
  static_assert(Outputs > 0, "nn::Conv2d<Outputs, Height, Width>: a layer needs at least one output channel");
  static constexpr std::string_view name = "Conv2d";
  template <class Padding>
  using Piece = Conv2d<Outputs, Height, Width, Options..., Padding>;

  template <class Arithmetic, Shape Input>
  struct Bound {
    using Window = nn::Window<Input, Height, Width, steps_of<Options...>()>;
    using Blocks = BackwardBlocks<Window>;
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr std::size_t Patch = Height * Width * Channels;
    static constexpr Shape output{Window::output_height, Window::output_width, Outputs};
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::size_t macs = OutputSize * Patch;
    static constexpr std::size_t fan_in = Patch;
    static constexpr std::size_t fan_out = Height * Width * Outputs;
    static constexpr std::uint32_t constant = Window::constant;
    static constexpr AlongTime along_time = AlongTime::window;
    static constexpr bool gradient_by_rows = true;

    using Copy = std::array<typename Arithmetic::Input, Window::contiguous ? 0 : Patch>;
    using InputSums =
        std::array<Sum<Arithmetic, typename Arithmetic::Gradient, typename Arithmetic::Weight, Height * Width * Outputs>,
                   Channels>;
    using RowSums =
        std::array<Sum<Arithmetic, typename Arithmetic::Gradient, typename Arithmetic::Input, Window::positions>, Patch>;
    static constexpr std::size_t scratch = Window::contiguous ? 0 : sizeof(Copy);
    static constexpr std::size_t training_scratch = std::max(sizeof(InputSums), sizeof(RowSums));

    using Parameters = Conv2dParameters<Arithmetic, Outputs, Patch>;

    template <class Kernels>
    static constexpr void forward(const Parameters& p, std::span<const typename Arithmetic::Input, InputSize> x,
                                  std::span<typename Arithmetic::Activation, OutputSize> y) {
      forward_rows<Kernels>(p, x.data(), no_rows, 0, output.height, y.data());
    }

    // Rows [begin, end) of y alone; x begins with row `above` of the input.
    template <class Kernels>
    static constexpr void forward_rows(const Parameters& p, const typename Arithmetic::Input* x, auto above,
                                       std::size_t begin, std::size_t end, typename Arithmetic::Activation* y) {
      if constexpr (!Arithmetic::watched &&
                    requires { Kernels::template windows_to<Window>(p.weight, p.bias, x, above, begin, end, y); })
        if (!std::is_constant_evaluated() && Kernels::template windows_to<Window>(p.weight, p.bias, x, above, begin, end, y))
          return;
      Copy copy{};
      for (std::size_t r = begin; r < end; ++r, y += output.width * Outputs)
        for (std::size_t c = 0; c < output.width; ++c) {
          typename Arithmetic::Activation* const to = y + c * Outputs;
          Kernels::affine(p.weight, p.bias, Window::patch_at(x, above, r, c, copy),
                          [to](std::size_t o, auto sum) { to[o] = Arithmetic::activation(sum); });
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
          Blocks::for_each_taps_on(r, c, [&](typename Blocks::TapsOnPixel on) {
            constexpr auto outputs = static_cast<std::ptrdiff_t>(Outputs), patch = static_cast<std::ptrdiff_t>(Patch);
            for (; on.rows > 0; --on.rows, on.tap += Width, on.position -= output.width)
              Kernels::template add_position_rows<Channels, 1>(
                  sum.data(), Channels, g.data() + on.position * Outputs, p.weight[0].data() + on.tap * Channels,
                  {1, patch, Outputs, on.count, -2 * outputs, static_cast<std::ptrdiff_t>(Channels) - outputs * patch});
          });
          for (std::size_t i = 0; i < Channels; ++i)
            dx[(r * Input.width + c) * Channels + i] = Arithmetic::input_gradient(sum[i].value());
        }
    }

    static constexpr void gradient(std::span<const typename Arithmetic::Input, InputSize> x,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g, auto& sink) {
      using Kernels = typename KernelsOfSink<std::remove_cvref_t<decltype(sink)>>::type;
      // Taps of a row at once where there are few channels; and those of three rows of three numbers.
      constexpr bool together = Channels < 8 && Window::columns.dilation == 1;
      constexpr bool whole =
          together && Height == 3 && Width * Channels == 3 && !Window::rows.padded() && !Window::columns.padded();
      for (std::size_t o = 0; o < Outputs; ++o) {
        if constexpr (requires { sink.takes(o, Outputs); })
          if (!sink.takes(o, Outputs)) continue;
        RowSums sum{};
        Blocks::template for_each_block<together>(0, whole ? 1 : Height, [&](const typename Blocks::Block& block) {
          Kernels::template add_position_rows<(together ? Width : 1) * Channels, whole ? Height : 1>(
              sum.data() + block.tap * Channels, block.taps * Channels, g.data() + block.position * Outputs + o,
              x.data() + block.pixel * Channels, Blocks::walk(block, Outputs));
        });
        sink.add_row(
            [](auto& parameters) -> auto& { return parameters.weight; }, o, [&](std::size_t i) { return sum[i].value(); });
      }
      sink.add_positions([](auto& parameters) -> auto& { return parameters.bias; }, g);
    }
  };
};

}  // namespace nn
