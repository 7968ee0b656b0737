// The backward pass of a convolution on the kernels of the core against sums by the definition, bit for bit: ∂L/∂x, and of
// ∂L/∂W the sums before rounding. Gradients and inputs of 16 bits begin at addresses that are no multiples of 4; some are 0, or
// -0.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace backward {

inline nn::Random stream{7};

template <class Number>
void fill(Number* numbers, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t drawn = stream.next();
    if constexpr (std::is_same_v<Number, float>)
      numbers[i] = drawn % 4 == 0 ? (drawn % 8 == 0 ? 0.0f : -0.0f) : stream.uniform() - 0.5f;
    else
      numbers[i].raw = static_cast<typename Number::Raw>(drawn % 4 == 0 ? 0 : drawn >> 8);
  }
}

constexpr auto bits(float x) { return std::bit_cast<std::uint32_t>(x); }
constexpr auto bits(auto x) { return x.raw; }

// Keeps what a layer hands over.
template <class Row, std::size_t Rows, class Kernels>
struct Kept {
  using Loops = Kernels;
  std::array<Row, Rows> rows{};

  constexpr void add_row(auto, std::size_t o, auto gradient) {
    for (std::size_t i = 0; i < rows[o].size(); ++i) rows[o][i].raw = gradient(i).raw;
  }
  constexpr void add_row(auto, std::size_t o, auto gradient) requires std::is_same_v<decltype(gradient(0)), float> {
    for (std::size_t i = 0; i < rows[o].size(); ++i) rows[o][i].raw = gradient(i);
  }
  constexpr void add_positions(auto, auto) {}
};

// Calls visit(tap, pixel, position) in the order of taps.
template <class Window>
void for_each_tap(auto&& visit) {
  for (std::size_t tap = 0; tap < Window::taps; ++tap)
    for (std::size_t r = 0; r < Window::output_height; ++r)
      for (std::size_t c = 0; c < Window::output_width; ++c)
        if (const std::size_t pixel = Window::pixel_under(tap, r, c); pixel < Window::pixels)
          visit(tap, pixel, r * Window::output_width + c);
}

// Nothing: every gradient is 0 or -0, all else infinite.
template <class A, nn::Shape Shape, class Layer, bool Nothing = false>
void compare() {
  using Net = nn::Network<A, nn::Input<Shape.height, Shape.width, Shape.channels>, Layer>;
  using Policy = typename Net::template ArithmeticAt<0>;
  using Bound = typename Net::template Layer<0>;
  using Kernels = nn::KernelsFor<typename Net::Arithmetic, target::Kernels>;
  constexpr std::size_t channels = Shape.channels, outputs = Bound::output.channels;
  constexpr bool depthwise = requires { Bound::outputs_in_columns; };
  static typename Bound::Parameters p;
  static std::array<typename Policy::Gradient, Net::outputs + 1> all_g;
  static std::array<typename Policy::Input, Net::inputs + 1> all_x;
  static std::array<typename Policy::Activation, Net::outputs> y;
  static std::array<typename Policy::InputGradient, Net::inputs> dx;
  static std::array<typename Bound::InputSums, Shape.height * Shape.width> pixels;
  static Kept<typename Bound::RowSums, std::tuple_size_v<decltype(p.weight)>, Kernels> found, expected;
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, p);
  fill(all_g.data(), all_g.size());
  fill(all_x.data(), all_x.size());
  pixels = {}, found = {}, expected = {};
  if constexpr (Nothing) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    nn::for_each_row([&](auto& row) { std::ranges::fill(row, infinity); }, p);
    all_x.fill(infinity);
    for (float& from : all_g) from = from < 0 ? -0.0f : 0.0f;
  }
  const std::span<const typename Policy::Gradient, Net::outputs> g{all_g.data() + 1, Net::outputs};
  const std::span<const typename Policy::Input, Net::inputs> x{all_x.data() + 1, Net::inputs};

  for_each_tap<typename Bound::Window>([&](std::size_t tap, std::size_t pixel, std::size_t position) {
    for (std::size_t o = 0; o < outputs; ++o) {
      const auto from = g[position * outputs + o];
      if constexpr (depthwise) {
        const std::size_t c = o / (outputs / channels);
        pixels[pixel][c].add(from, p.weight[tap][o]);
        expected.rows[tap][o].add(from, x[pixel * channels + c]);
      } else if (from != typename Policy::Gradient{}) {
        for (std::size_t c = 0; c < channels; ++c) {
          pixels[pixel][c].add(from, p.weight[o][tap * channels + c]);
          expected.rows[o][tap * channels + c].add(from, x[pixel * channels + c]);
        }
      }
    }
  });
  Bound::template backward<Kernels>(p, x, y, g, dx);
  Bound::gradient(x, g, found);

  for (std::size_t i = 0; i < Net::inputs; ++i)
    expect(bits(dx[i]) == bits(Policy::input_gradient(pixels[i / channels][i % channels].value())));
  for (std::size_t row = 0; row < found.rows.size(); ++row)
    expect(std::ranges::equal(found.rows[row], expected.rows[row],
                              [](auto a, auto b) { return bits(a.value()) == bits(b.value()); }));
}

// Rows of one to 17 columns, odd sizes, one position, edges, strides and taps apart.
template <class A>
void compare_all() {
  using namespace nn;
  compare<A, nn::Shape{7, 6, 1}, Conv2d<3, 3, 3>>();  // three rows of three, in pairs of positions
  compare<A, nn::Shape{5, 7, 1}, Conv2d<2, 3, 3>>();  // of an odd number
  compare<A, nn::Shape{9, 8, 1}, Conv2d<2, 3, 3, Stride<2, 1>>>();
  compare<A, nn::Shape{9, 9, 1}, Conv2d<2, 3, 3, Stride<1, 2>>>();
  compare<A, nn::Shape{6, 5, 3}, Conv2d<2, 3, 1>>();
  compare<A, nn::Shape{5, 6, 1}, Conv2d<3, 3, 3, Same>>();
  compare<A, nn::Shape{5, 4, 2}, Conv2d<3, 2, 3, Same, Stride<2>>>();
  compare<A, nn::Shape{7, 5, 2}, Conv2d<1, 2, 2, Dilation<2>>>();
  compare<A, nn::Shape{4, 5, 3}, Conv2d<5, 3, 2, ZeroPadding<2, 1, 0, 3>>>();
  compare<A, nn::Shape{3, 3, 5}, Conv2d<4, 1, 1>>();
  compare<A, nn::Shape{4, 4, 7}, Conv2d<2, 3, 3, Same>>();
  compare<A, nn::Shape{3, 4, 8}, Conv2d<3, 2, 2>>();
  compare<A, nn::Shape{3, 3, 9}, Conv2d<2, 3, 3, Same, Stride<2>>>();
  compare<A, nn::Shape{1, 1, 16}, Conv2d<3, 1, 1>>();
  compare<A, nn::Shape{2, 3, 17}, Conv2d<1, 2, 2, Same>>();
  compare<A, nn::Shape{4, 5, 1}, DepthwiseConv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{5, 4, 3}, DepthwiseConv2d<1, 3, 2, Stride<2>>>();
  compare<A, nn::Shape{4, 4, 4}, DepthwiseConv2d<1, 2, 2, Dilation<2>>>();
  compare<A, nn::Shape{5, 5, 8}, DepthwiseConv2d<1, 3, 3, Same>>();
  compare<A, nn::Shape{3, 4, 17}, DepthwiseConv2d<1, 3, 3, Same, Stride<2>>>();
  compare<A, nn::Shape{4, 3, 3}, DepthwiseConv2d<2, 2, 3, Same>>();
}

// Products with a gradient of 0 are passed over: infinities would make NaN of them.
template <class A>
void pass_over() {
  using namespace nn;
  compare<A, nn::Shape{7, 6, 1}, Conv2d<3, 3, 3>, true>();
  compare<A, nn::Shape{5, 7, 1}, Conv2d<2, 3, 3>, true>();
  compare<A, nn::Shape{3, 4, 8}, Conv2d<3, 2, 2>, true>();
  compare<A, nn::Shape{3, 3, 9}, Conv2d<2, 3, 3, Same>, true>();
}

}  // namespace backward
