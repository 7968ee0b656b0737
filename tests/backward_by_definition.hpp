// ∂L/∂x and ∂L/∂W of a convolution as their definitions read, in integers, sharing no code with what nn/ computes:
//
//   place i of the output has tap k on place i·stride + k·dilation - before of the input; ∂L/∂x of a pixel is summed over taps,
//   for each over the outputs it feeds, ∂L/∂W over positions, row by row
//
// A float here is a multiple of 2^-24 below 1 and counts those; its sums count 2^-48 and are rounded to 24 bits as IEEE 754 has
// it, halves to even, after each sum and, unless fused, each product. Of Fixed numbers integers are raw, and sums are exact.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/nn.hpp"

namespace by_definition {

// One axis of a window, and how much of zeros stands before and behind the input.
struct Line {
  std::size_t input, taps, stride = 1, dilation = 1, before = 0, after = 0;

  constexpr std::size_t reach() const { return (taps - 1) * dilation + 1; }
  constexpr std::size_t outputs() const { return (input + before + after - reach()) / stride + 1; }
  constexpr void pad_same() {
    const std::size_t wanted = (input + stride - 1) / stride, covered = (wanted - 1) * stride + reach();
    const std::size_t zeros = covered > input ? covered - input : 0;
    before = zeros / 2;
    after = zeros - before;
  }
};

struct Plane {
  Line rows, columns;

  template <std::size_t Rows, std::size_t Columns>
  constexpr void take(nn::Stride<Rows, Columns>) {
    rows.stride = Rows;
    columns.stride = Columns;
  }
  template <std::size_t Rows, std::size_t Columns>
  constexpr void take(nn::Dilation<Rows, Columns>) {
    rows.dilation = Rows;
    columns.dilation = Columns;
  }
  template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
  constexpr void take(nn::ZeroPadding<Above, Below, Left, Right>) {
    rows.before = Above;
    rows.after = Below;
    columns.before = Left;
    columns.after = Right;
  }
  constexpr void take(nn::Same) {}
  // Padding last: it depends on the stride.
  template <class... Options>
  constexpr Plane with(Options... options) const {
    Plane plane = *this;
    (plane.take(options), ...);
    if ((std::is_same_v<Options, nn::Same> || ...)) plane.rows.pad_same(), plane.columns.pad_same();
    return plane;
  }

  // Calls visit(tap, pixel, position) for every tap that lies inside the input, in the order of taps.
  constexpr void for_each(auto&& visit) const {
    for (std::size_t tap = 0; tap < rows.taps * columns.taps; ++tap)
      for (std::size_t position = 0; position < rows.outputs() * columns.outputs(); ++position) {
        const std::size_t row = position / columns.outputs() * rows.stride + tap / columns.taps * rows.dilation;
        const std::size_t column = position % columns.outputs() * columns.stride + tap % columns.taps * columns.dilation;
        if (row >= rows.before && row < rows.before + rows.input && column >= columns.before &&
            column < columns.before + columns.input)
          visit(tap, (row - rows.before) * columns.input + column - columns.before, position);
      }
  }
};

// What a layer's type says.
template <class Layer>
struct Described;
template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct Described<nn::Conv2d<Outputs, Height, Width, Options...>> {
  static constexpr bool depthwise = false;
  static constexpr std::size_t outputs(std::size_t) { return Outputs; }
  static constexpr Plane plane(nn::Shape input) { return Plane{{input.height, Height}, {input.width, Width}}.with(Options{}...); }
};
template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct Described<nn::DepthwiseConv2d<Multiplier, Height, Width, Options...>> {
  static constexpr bool depthwise = true;
  static constexpr std::size_t outputs(std::size_t channels) { return channels * Multiplier; }
  static constexpr Plane plane(nn::Shape input) { return Plane{{input.height, Height}, {input.width, Width}}.with(Options{}...); }
};

constexpr std::int64_t whole(float x) { return static_cast<std::int32_t>(x * 0x1p24f); }
constexpr std::int64_t whole(auto x) { return x.raw; }

// To 24 significant bits, halves to even.
constexpr std::int64_t rounded(std::int64_t exact) {
  const std::int64_t size = exact < 0 ? -exact : exact;
  const int more = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(size))) - 24;
  if (more <= 0) return exact;
  const std::int64_t step = std::int64_t{1} << more, rest = size % step, below = size - rest;
  const bool up = 2 * rest > step || (2 * rest == step && below / step % 2 == 1);
  const std::int64_t result = up ? below + step : below;
  return exact < 0 ? -result : result;
}
static_assert(rounded(0x1000001) == 0x1000000 && rounded(0x1000003) == 0x1000004 && rounded(-0x1ffffff) == -0x2000000);

// A sum, and what is added to it.
template <class Arithmetic>
struct Added {
  std::int64_t sum = 0;
  constexpr std::int64_t with(auto g, auto number) const {
    const std::int64_t product = whole(g) * whole(number);
    if constexpr (!std::is_same_v<decltype(g), float>) return sum + product;
    else if constexpr (std::is_same_v<Arithmetic, nn::FusedFloat>) return rounded(sum + product);
    else return rounded(sum + rounded(product));
  }
};

// The float that is so many 2^-48, of 24 significant bits.
constexpr std::uint32_t float_bits(std::int64_t count) {
  if (count == 0) return 0;
  const auto size = static_cast<std::uint64_t>(count < 0 ? -count : count);
  const int place = static_cast<int>(std::bit_width(size)) - 1;
  const std::uint64_t mantissa = place > 23 ? size >> (place - 23) : size << (23 - place);
  return (count < 0 ? 0x80000000u : 0u) | static_cast<std::uint32_t>(place - 48 + 127) << 23 |
         (static_cast<std::uint32_t>(mantissa) & 0x7fffffu);
}
static_assert(float_bits(-3 * (std::int64_t{1} << 46)) == std::bit_cast<std::uint32_t>(-0.75f));

// Rounded to 16 bits, `dropped` bits fewer, halves upwards; beyond them the limit.
constexpr std::int64_t narrowed(std::int64_t sum, int dropped) {
  const std::int64_t step = std::int64_t{1} << dropped, shifted = sum + step / 2;
  const std::int64_t floor = shifted / step - (shifted % step < 0 ? 1 : 0);
  return floor < -32768 ? -32768 : floor > 32767 ? 32767 : floor;
}
static_assert(narrowed(6, 2) == 2 && narrowed(-6, 2) == -1 && narrowed(1 << 20, 2) == 32767);

}  // namespace by_definition
