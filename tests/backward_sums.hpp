// The backward pass of a convolution on the kernels of the core against tests/backward_by_definition.hpp, bit for bit: ∂L/∂x, and
// of ∂L/∂W the sums before rounding. Gradients and inputs of 16 bits begin at addresses that are no multiples of 4; some are 0,
// or -0. What does not depend on the type of a layer is compiled once.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

#include "backward_by_definition.hpp"
#include "expect.hpp"
#include "nn/nn.hpp"

namespace backward {

inline nn::Random stream{7};

template <class Number>
[[gnu::noinline]] void fill(Number* numbers, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    Number& number = numbers[i];
    const std::uint32_t drawn = stream.next();
    if constexpr (std::is_same_v<Number, float>)
      number = drawn % 4 == 0 ? (drawn % 8 == 0 ? 0.0f : -0.0f) : stream.uniform() - 0.5f;
    else
      number.raw = static_cast<typename Number::Raw>(drawn % 4 == 0 ? 0 : drawn >> 8);
  }
}

// What is compared: the bits of a float, a raw integer.
constexpr std::int64_t bits(float x) { return std::bit_cast<std::uint32_t>(x); }
constexpr std::int64_t bits(auto x) { return x.raw; }

// One layer at a time: what goes in and comes out, at most so many numbers.
constexpr std::size_t most = 208;
template <class A>
inline std::array<typename A::Gradient, most> all_g;
template <class A>
inline std::array<typename A::Input, most> all_x;
template <class A>
inline std::array<typename A::InputGradient, most> all_dx;

// What a layer hands over of ∂L/∂W, row by row, and the definition's sums.
inline std::array<std::int64_t, most> found, of_x, of_weight;
template <class Kernels>
struct Kept {
  using Loops = Kernels;
  std::size_t columns;

  constexpr void add_row(auto, std::size_t o, auto gradient) {
    for (std::size_t i = 0; i < columns; ++i) found[o * columns + i] = bits(gradient(i));
  }
  constexpr void add_positions(auto, auto) {}
};

struct Layer {
  by_definition::Plane plane;
  bool depthwise;
  std::size_t channels, outputs;

  constexpr std::size_t taps() const { return plane.rows.taps * plane.columns.taps; }
  constexpr std::size_t rows() const { return depthwise ? taps() : outputs; }
  constexpr std::size_t columns() const { return depthwise ? outputs : taps() * channels; }
  constexpr std::size_t inputs() const { return plane.rows.input * plane.columns.input * channels; }
  constexpr std::size_t all_outputs() const { return plane.rows.outputs() * plane.columns.outputs() * outputs; }
};

// To of_x and of_weight.
template <class A>
[[gnu::noinline]] void sum_up(const Layer& layer, const auto* g, const auto* x, const auto* weight) {
  using Add = by_definition::Added<A>;
  of_x.fill(0);
  of_weight.fill(0);
  layer.plane.for_each([&](std::size_t tap, std::size_t pixel, std::size_t position) {
    for (std::size_t o = 0; o < layer.outputs; ++o) {
      const auto from = g[position * layer.outputs + o];
      if (from == std::remove_const_t<decltype(from)>{}) continue;  // 0 or -0
      for (std::size_t c = 0; c < layer.channels; ++c) {
        if (layer.depthwise && c != o / (layer.outputs / layer.channels)) continue;
        const std::size_t row = layer.depthwise ? tap : o, column = layer.depthwise ? o : tap * layer.channels + c;
        const std::size_t at = row * layer.columns() + column, in = pixel * layer.channels + c;
        of_x[in] = Add{of_x[in]}.with(from, weight[at]);
        of_weight[at] = Add{of_weight[at]}.with(from, x[in]);
      }
    }
  });
}

// By how many bits a sum of ∂L/∂x is narrowed; -1: it is a float.
template <class InputGradient>
[[gnu::noinline]] void expect_sums(const Layer& layer, const InputGradient* dx, int dropped) {
  const auto rounded = [&](std::int64_t sum) {
    return dropped < 0 ? std::int64_t{by_definition::float_bits(sum)} : by_definition::narrowed(sum, dropped);
  };
  for (std::size_t i = 0; i < layer.inputs(); ++i) expect(bits(dx[i]) == rounded(of_x[i]));
  for (std::size_t i = 0; i < layer.rows() * layer.columns(); ++i)
    expect(found[i] == (dropped < 0 ? std::int64_t{by_definition::float_bits(of_weight[i])} : of_weight[i]));
}

// Nothing: every gradient is 0 or -0, all else infinite.
template <class A, nn::Shape Shape, class Kind>
[[gnu::noinline]] void compare(bool nothing = false) {
  using Net = nn::Network<A, nn::Input<Shape.height, Shape.width, Shape.channels>, Kind>;
  using Policy = typename Net::template ArithmeticAt<0>;
  using Bound = typename Net::template Layer<0>;
  using Kernels = nn::KernelsFor<typename Net::Arithmetic, target::Kernels>;
  using Gradient = typename Policy::Gradient;
  constexpr bool real = std::is_same_v<Gradient, float>;
  using Described = by_definition::Described<Kind>;
  static constexpr Layer layer{Described::plane(Shape), Described::depthwise, Shape.channels, Described::outputs(Shape.channels)};
  static_assert(Net::outputs == layer.all_outputs() && Net::inputs == layer.inputs());
  static_assert(Net::outputs < most && Net::inputs < most && layer.rows() * layer.columns() <= most);

  typename Bound::Parameters p;
  std::array<typename Policy::Activation, Net::outputs> y{};
  auto* const weight = p.weight[0].data();
  fill(weight, layer.rows() * layer.columns());
  fill(p.bias.data(), p.bias.size());
  fill(all_g<Policy>.data(), most);
  fill(all_x<Policy>.data(), most);
  if constexpr (real)
    if (nothing) {
      constexpr float infinity = std::numeric_limits<float>::infinity();
      std::fill_n(weight, layer.rows() * layer.columns(), infinity);
      all_x<Policy>.fill(infinity);
      for (float& from : all_g<Policy>) from = from < 0 ? -0.0f : 0.0f;
    }
  const std::span<const Gradient, Net::outputs> g{all_g<Policy>.data() + 1, Net::outputs};
  const std::span<const typename Policy::Input, Net::inputs> x{all_x<Policy>.data() + 1, Net::inputs};
  const std::span<typename Policy::InputGradient, Net::inputs> dx{all_dx<Policy>.data(), Net::inputs};

  sum_up<A>(layer, g.data(), x.data(), std::as_const(p).weight[0].data());
  found.fill(0);
  Kept<Kernels> kept{layer.columns()};
  Bound::template backward<Kernels>(p, x, y, g, dx);
  Bound::gradient(x, g, kept);
  if constexpr (real) expect_sums(layer, dx.data(), -1);
  else expect_sums(layer, dx.data(), Gradient::fraction + Policy::Weight::fraction - Policy::InputGradient::fraction);
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
  compare<A, nn::Shape{7, 6, 1}, Conv2d<3, 3, 3>>(true);
  compare<A, nn::Shape{5, 7, 1}, Conv2d<2, 3, 3>>(true);
  compare<A, nn::Shape{3, 4, 8}, Conv2d<3, 2, 2>>(true);
  compare<A, nn::Shape{3, 3, 9}, Conv2d<2, 3, 3, Same, Stride<2>>>(true);
}

}  // namespace backward
