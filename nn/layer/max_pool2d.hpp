// MaxPool2d<Height, Width, Options…>: the largest number under a window, for each channel. Windows lie side by side unless a
// Stride is given; Same passes over its padding.
//   MaxPool2d<2, 2>      MaxPool2d<3, 3, Stride<2>, Same>      options: nn/layer/window_options.hpp
//
//   x  [H][W][C]       input
//   y  [OH][OW][C]     y[r][c][k] = max over the window at (r, c) of x[…][…][k]
//
// Backward: g[r][c][k] goes to the first of the window's largest numbers, row by row. Where windows overlap, ∂L/∂x is added
// up in the order of positions, rounded each time.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/layer/by_four.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"

namespace nn {

template <std::size_t Height, std::size_t Width, class... Options>
struct MaxPool2d {
  static constexpr std::string_view name = "MaxPool2d";
  template <class Padding>
  using Piece = MaxPool2d<Height, Width, Options..., Padding>;

  template <class Arithmetic, Shape Input>
  struct Bound {
    static constexpr Steps steps = steps_of<Options...>(Steps{.stride_rows = Height, .stride_columns = Width});
    static_assert(steps.dilation_rows == 1 && steps.dilation_columns == 1,
                  "nn::MaxPool2d: the window of a pooling has no Dilation");
    using Window = nn::Window<Input, Height, Width, steps>;
    static constexpr std::size_t InputSize = Input.size();
    static constexpr std::size_t Channels = Input.channels;
    static constexpr Shape output{Window::output_height, Window::output_width, Channels};
    static constexpr std::size_t OutputSize = output.size();
    static constexpr bool backward_reads_input = true;
    static constexpr std::uint32_t constant = Window::constant;
    static constexpr AlongTime along_time = AlongTime::window;
    using Parameters = NoParameters;

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
        for (std::size_t c = 0; c < output.width; ++c) {
          const auto for_each_part = [&](auto visit) { Window::for_each_part(above, r, c, visit); };
          if constexpr (!Arithmetic::watched &&
                        requires { Kernels::template largest_of_pixels<Channels>(x, y, for_each_part); })
            if (!std::is_constant_evaluated()) {
              Kernels::template largest_of_pixels<Channels>(x, y + c * Channels, for_each_part);
              continue;
            }
          by_four<Channels>([&]<std::size_t... Lane>(std::size_t k, std::index_sequence<Lane...>) {
            std::array<typename Arithmetic::Input, sizeof...(Lane)> most{};
            bool none = true;
            Window::for_each_part(above, r, c, [&](std::size_t first, std::size_t, std::size_t count) {
              if (none) most = {x[first * Channels + k + Lane]...};
              none = false;
              for (std::size_t i = first; i < first + count; ++i) {
                const typename Arithmetic::Input* const from = x + i * Channels + k;
                ((most[Lane] = from[Lane] > most[Lane] ? from[Lane] : most[Lane]), ...);
              }
            });
            ((y[c * Channels + k + Lane] = Arithmetic::activation(most[Lane])), ...);
          });
        }
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename Arithmetic::Input, InputSize> x,
                                   std::span<const typename Arithmetic::Activation, OutputSize>,
                                   std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                   std::span<typename Arithmetic::InputGradient, InputSize> dx) {
      for (auto& d : dx) d = {};
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c)
          for (std::size_t k = 0; k < Channels; ++k) {
            const auto from = g[(r * output.width + c) * Channels + k];
            if (from == typename Arithmetic::Gradient{}) continue;
            auto& to = dx[largest(x, r, c, k)];
            to = Arithmetic::input_gradient(to + from);
          }
    }

   private:
    // Where channel k is largest in the window at (r, c).
    static constexpr std::size_t largest(std::span<const typename Arithmetic::Input, InputSize> x, std::size_t r, std::size_t c,
                                         std::size_t k) {
      std::size_t found = InputSize;
      Window::for_each_part(r, c, [&](std::size_t first, std::size_t, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i)
          if (found == InputSize || x[i * Channels + k] > x[found]) found = i * Channels + k;
      });
      return found;
    }
  };
};

}  // namespace nn
