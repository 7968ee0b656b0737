// AvgPool2d<Height, Width, Options…>: the mean of the numbers under a window, for each channel. Windows lie side by side unless
// a Stride is given; Same counts no padding, as TensorFlow.
//   AvgPool2d<2, 2>      AvgPool2d<3, 3, Stride<1>, Same>      options: nn/layer/window_options.hpp
//
//   x  [H][W][C]       input
//   y  [OH][OW][C]     y[r][c][k] = Σ x[…][…][k] / n, over the n pixels of the window at (r, c), row by row
//
// Backward: g[r][c][k] / n goes to each of them. Where windows overlap, ∂L/∂x is added up in the order of positions, rounded
// each time.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "nn/layer/by_four.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/sum.hpp"

namespace nn {

template <std::size_t Height, std::size_t Width, class... Options>
struct AvgPool2d {
  static constexpr std::string_view name = "AvgPool2d";
  template <class Padding>
  using Piece = AvgPool2d<Height, Width, Options..., Padding>;

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Steps steps = steps_of<Options...>(Steps{.stride_rows = Height, .stride_columns = Width});
    static_assert(steps.dilation_rows == 1 && steps.dilation_columns == 1,
                  "nn::AvgPool2d: the window of a pooling has no Dilation");
    using Window = nn::Window<Input, Height, Width, steps>;
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr Shape output{Window::output_height, Window::output_width, Channels};
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::uint32_t constant = Window::constant;
    static constexpr AlongTime along_time = AlongTime::window;
    using Parameters = NoParameters;
    using Shares = std::array<typename Arithmetic::InputGradient, Channels>;
    static constexpr std::size_t training_scratch = sizeof(Shares);

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize> x,
                                  std::span<typename Arithmetic::Activation, OutputSize> y) {
      forward_rows<Kernels>(Parameters{}, x.data(), no_rows, 0, output.height, y.data());
    }

    // Rows [begin, end) of y alone; x begins with row `above` of the input.
    template <class Kernels>
    static constexpr void forward_rows(const Parameters&, const typename Arithmetic::Input* x, auto above,
                                       std::size_t begin, std::size_t end, typename Arithmetic::Activation* y) {
      for (std::size_t r = begin; r < end; ++r, y += output.width * Channels)
        for (std::size_t c = 0; c < output.width; ++c)
          by_four<Channels>([&]<std::size_t... Lane>(std::size_t k, std::index_sequence<Lane...>) {
            std::array<Total<typename Arithmetic::Input>, sizeof...(Lane)> total{};
            std::size_t n = 0;
            Window::for_each_part(above, r, c, [&](std::size_t first, std::size_t, std::size_t count) {
              n += count;
              for (std::size_t i = first; i < first + count; ++i) (total[Lane].add(x[i * Channels + k + Lane]), ...);
            });
            ((y[c * Channels + k + Lane] = Arithmetic::activation(Arithmetic::average(total[Lane].value(), n))), ...);
          });
    }

    // Of one window over everything: the sums of all channels, as frames enter in their order. In fixed point they are exact, so
    // that frames may leave, too, as the window moves on.
    static constexpr bool gathers = Window::positions == 1 && Window::taps * Channels == InputSize;
    static constexpr bool has_running_sums = gathers && is_fixed<typename Arithmetic::Input>;
    using RunningSums = std::array<Total<typename Arithmetic::Input>, Channels>;
    static constexpr void enter(RunningSums& sums, auto frames) {
      for (std::size_t i = 0; i < frames.size(); i += Channels)
        for (std::size_t k = 0; k < Channels; ++k) sums[k].add(frames[i + k]);
    }
    static constexpr void leave(RunningSums& sums, auto frames) {
      for (std::size_t i = 0; i < frames.size(); ++i) sums[i % Channels].remove(frames[i]);
    }
    static constexpr void give(const RunningSums& sums, std::span<typename Arithmetic::Activation, OutputSize> y) {
      for (std::size_t k = 0; k < Channels; ++k)
        y[k] = Arithmetic::activation(Arithmetic::average(sums[k].value(), Window::taps));
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize>,
                                   std::span<const typename Arithmetic::Activation, OutputSize>,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                   std::span<typename Arithmetic::InputGradient, InputSize> dx) {
      for (auto& d : dx) d = {};
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c) {
          std::size_t n = 0;
          Window::for_each_part(r, c, [&](std::size_t, std::size_t, std::size_t count) { n += count; });
          Shares share;
          for (std::size_t k = 0; k < Channels; ++k)
            share[k] = Arithmetic::input_gradient(Arithmetic::average(g[(r * output.width + c) * Channels + k], n));
          Window::for_each_part(r, c, [&](std::size_t first, std::size_t, std::size_t count) {
            for (std::size_t i = first; i < first + count; ++i)
              for (std::size_t k = 0; k < Channels; ++k)
                dx[i * Channels + k] = Arithmetic::input_gradient(dx[i * Channels + k] + share[k]);
          });
        }
    }
  };
};

}  // namespace nn
