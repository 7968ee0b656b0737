// The backward pass of a convolution on the kernels of the core against tests/backward_by_definition.hpp, bit for bit: ∂L/∂x, and
// of ∂L/∂W the sums before rounding. Gradients and inputs of 16 bits begin at addresses that are no multiples of 4; some are 0,
// or -0.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <type_traits>

#include "backward_by_definition.hpp"
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

// What is compared: the bits of a float, a raw integer.
constexpr std::int64_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }
constexpr std::int64_t bits(auto x) { return x.raw; }

// Keeps what a layer hands over.
template <std::size_t Rows, std::size_t Columns, class Kernels>
struct Kept {
  using Loops = Kernels;
  std::array<std::array<std::int64_t, Columns>, Rows> rows{};

  constexpr void add_row(auto, std::size_t o, auto gradient) {
    for (std::size_t i = 0; i < Columns; ++i) rows[o][i] = bits(gradient(i));
  }
  constexpr void add_positions(auto, auto) {}
};

// Nothing: every gradient is 0 or -0, all else infinite.
template <class A, nn::Shape Shape, class Layer, bool Nothing = false>
void compare() {
  using Net = nn::Network<A, nn::Input<Shape.height, Shape.width, Shape.channels>, Layer>;
  using Policy = typename Net::template ArithmeticAt<0>;
  using Bound = typename Net::template Layer<0>;
  using Kernels = nn::KernelsFor<typename Net::Arithmetic, target::Kernels>;
  using Gradient = typename Policy::Gradient;
  using Sum = by_definition::Added<A>;
  constexpr bool real = std::is_same_v<Gradient, float>;
  constexpr bool depthwise = by_definition::Described<Layer>::depthwise;
  constexpr by_definition::Plane plane = by_definition::Described<Layer>::plane(Shape);
  constexpr std::size_t channels = Shape.channels, outputs = by_definition::Described<Layer>::outputs(channels);
  constexpr std::size_t positions = plane.rows.outputs() * plane.columns.outputs(), taps = plane.rows.taps * plane.columns.taps;
  constexpr std::size_t rows = depthwise ? taps : outputs, columns = depthwise ? outputs : taps * channels;
  static_assert(Net::outputs == positions * outputs);

  static typename Bound::Parameters p;
  static std::array<Gradient, Net::outputs + 1> all_g;
  static std::array<typename Policy::Input, Net::inputs + 1> all_x;
  static std::array<typename Policy::Activation, Net::outputs> y;
  static std::array<typename Policy::InputGradient, Net::inputs> dx;
  static Kept<rows, columns, Kernels> found;
  static std::array<Sum, Net::inputs> of_x;
  static std::array<std::array<Sum, columns>, rows> of_weight;
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, p);
  fill(all_g.data(), all_g.size());
  fill(all_x.data(), all_x.size());
  found = {}, of_x = {}, of_weight = {};
  if constexpr (Nothing) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    nn::for_each_row([&](auto& row) { std::ranges::fill(row, infinity); }, p);
    all_x.fill(infinity);
    for (float& from : all_g) from = from < 0 ? -0.0f : 0.0f;
  }
  const std::span<const Gradient, Net::outputs> g{all_g.data() + 1, Net::outputs};
  const std::span<const typename Policy::Input, Net::inputs> x{all_x.data() + 1, Net::inputs};

  plane.for_each([&](std::size_t tap, std::size_t pixel, std::size_t position) {
    for (std::size_t o = 0; o < outputs; ++o) {
      const Gradient from = g[position * outputs + o];
      if (from == Gradient{}) continue;
      for (std::size_t c = 0; c < channels; ++c) {
        if (depthwise && c != o / (outputs / channels)) continue;
        const std::size_t row = depthwise ? tap : o, column = depthwise ? o : tap * channels + c;
        of_x[pixel * channels + c](from, p.weight[row][column]);
        of_weight[row][column](from, x[pixel * channels + c]);
      }
    }
  });
  Bound::template backward<Kernels>(p, x, y, g, dx);
  Bound::gradient(x, g, found);

  for (std::size_t i = 0; i < Net::inputs; ++i)
    if constexpr (real)
      expect(bits(dx[i]) == by_definition::float_bits(of_x[i].sum));
    else
      expect(bits(dx[i]) == by_definition::narrowed(of_x[i].sum, Gradient::fraction + Policy::Weight::fraction -
                                                                     Policy::InputGradient::fraction));
  for (std::size_t row = 0; row < rows; ++row)
    expect(std::ranges::equal(found.rows[row], of_weight[row], [](std::int64_t a, const Sum& b) {
      return a == (real ? std::int64_t{by_definition::float_bits(b.sum)} : b.sum);
    }));
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
