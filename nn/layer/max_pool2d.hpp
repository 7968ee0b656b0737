// MaxPool2d<Height, Width, Options…>: the largest number under a window, for each channel. Windows lie side by side unless a
// Stride is given; Same passes over its padding.
//   MaxPool2d<2, 2>      MaxPool2d<3, 3, Stride<2>, Same>      options: nn/layer/window.hpp
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
#include <utility>

#include "nn/layer/by_four.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"

namespace nn {

template <std::size_t Height, std::size_t Width, class... Options>
struct MaxPool2d {
  static constexpr std::string_view name = "MaxPool2d";

  template <class A, Shape Input>
  struct Bound {
    static constexpr Steps steps = steps_of<Options...>(Steps{.stride_rows = Height, .stride_columns = Width});
    static_assert(steps.dilation_rows == 1 && steps.dilation_columns == 1, "nn::MaxPool2d: the window of a pooling has no Dilation");
    using Window = nn::Window<Input, Height, Width, steps>;
    static constexpr std::size_t N = Input.size();
    static constexpr std::size_t C = Input.channels;
    static constexpr Shape output{Window::output_height, Window::output_width, C};
    static constexpr std::size_t M = output.size();
    static constexpr bool backward_reads_input = true;
    static constexpr std::uint32_t constant = Window::constant;
    using Parameters = NoParameters;

    template <class Kernels>
    static constexpr void forward(const Parameters&, std::span<const typename A::Input, N> x, std::span<typename A::Activation, M> y) {
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c)
          by_four<C>([&]<std::size_t... K>(std::size_t k, std::index_sequence<K...>) {
            std::array<typename A::Input, sizeof...(K)> most{};
            bool none = true;
            Window::for_each_part(r, c, [&](std::size_t first, std::size_t, std::size_t count) {
              if (none) most = {x[first * C + k + K]...};
              none = false;
              for (std::size_t i = first; i < first + count; ++i) ((most[K] = x[i * C + k + K] > most[K] ? x[i * C + k + K] : most[K]), ...);
            });
            ((y[(r * output.width + c) * C + k + K] = A::activation(most[K])), ...);
          });
    }

    template <class Kernels>
    static constexpr void backward(const Parameters&, std::span<const typename A::Input, N> x, std::span<const typename A::Activation, M>,
                                   std::span<const typename A::Gradient, M> g, std::span<typename A::InputGradient, N> dx) {
      for (auto& d : dx) d = {};
      for (std::size_t r = 0; r < output.height; ++r)
        for (std::size_t c = 0; c < output.width; ++c)
          for (std::size_t k = 0; k < C; ++k) {
            const auto from = g[(r * output.width + c) * C + k];
            if (from == typename A::Gradient{}) continue;
            auto& to = dx[largest(x, r, c, k)];
            to = A::input_gradient(to + from);
          }
    }

   private:
    // Where channel k is largest in the window at (r, c).
    static constexpr std::size_t largest(std::span<const typename A::Input, N> x, std::size_t r, std::size_t c, std::size_t k) {
      std::size_t found = N;
      Window::for_each_part(r, c, [&](std::size_t first, std::size_t, std::size_t count) {
        for (std::size_t i = first; i < first + count; ++i)
          if (found == N || x[i * C + k] > x[found]) found = i * C + k;
      });
      return found;
    }
  };
};

}  // namespace nn
