// Window: where a window of Height x Width stands on its input, which has the options of nn/layer/window_options.hpp.
//
//   reach   (Height - 1) · dilation + 1 rows of the input under one window; likewise columns
//   output  Valid: ⌊(input - reach) / stride⌋ + 1
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/fingerprint.hpp"
#include "nn/layer/window_options.hpp"
#include "nn/shape.hpp"

namespace nn {

// Above an input that is there as a whole, known to the compiler.
constexpr std::integral_constant<std::size_t, 0> no_rows{};

// One axis: rows, or columns.
struct Axis {
  std::size_t input;
  std::size_t taps;
  std::size_t stride;
  std::size_t dilation;
  bool same;
  bool causal = false;
  bool given = false;  // the padding, as follows
  std::size_t given_before = 0, given_after = 0;

  constexpr bool padded() const { return given ? given_before + given_after > 0 : same || causal; }
  constexpr std::size_t reach() const { return (taps - 1) * dilation + 1; }
  constexpr std::size_t outputs() const {
    if (given) return (input + given_before + given_after - reach()) / stride + 1;
    return padded() ? (input + stride - 1) / stride : (input - reach()) / stride + 1;
  }
  // Rows of padding before the input.
  constexpr std::size_t before() const {
    if (given) return given_before;
    if (causal) return reach() - 1;
    const std::size_t covered = (outputs() - 1) * stride + reach();
    return same && covered > input ? (covered - input) / 2 : 0;
  }
  // And behind it, as far as windows reach.
  constexpr std::size_t after() const {
    const std::size_t covered = (outputs() - 1) * stride + reach(), seen = input + before();
    return covered > seen ? covered - seen : 0;
  }
};

// The two axes of windows over an input.
struct Axes {
  Axis rows, columns;

  // What the shapes of input and output do not show, for the fingerprint.
  constexpr std::uint32_t constant() const {
    Fingerprint hash;
    for (const Axis& axis : {rows, columns}) {
      for (std::size_t number : {axis.taps, axis.stride, axis.dilation, std::size_t{axis.same} | std::size_t{axis.causal} << 1})
        hash.add(static_cast<std::uint32_t>(number));
      if (axis.given)
        for (std::size_t number : {axis.given_before, axis.given_after}) hash.add(static_cast<std::uint32_t>(number));
    }
    return static_cast<std::uint32_t>(hash.value ^ hash.value >> 32);
  }
};

constexpr Axes axes_of(Shape input, std::size_t height, std::size_t width, const Steps& steps) {
  return {{input.height, height, steps.stride_rows, steps.dilation_rows, steps.same, false, steps.rows_given, steps.above,
           steps.below},
          {input.width, width, steps.stride_columns, steps.dilation_columns, steps.same, steps.causal, steps.columns_given,
           steps.left, steps.right}};
}

template <Shape Input, std::size_t Height, std::size_t Width, Steps Given>
struct Window {
  static_assert(Height > 0, "nn::Window: a window has at least one row");
  static_assert(Width > 0, "nn::Window: a window has at least one column");

  static constexpr std::size_t Channels = Input.channels;
  static constexpr std::size_t taps = Height * Width;
  static constexpr std::size_t pixels = Input.height * Input.width;
  static constexpr Axes axes = axes_of(Input, Height, Width, Given);
  static constexpr Axis rows = axes.rows;
  static constexpr Axis columns = axes.columns;
  static_assert(Given.rows_given || Given.same || rows.reach() <= Input.height,
                "nn::Window: the window is higher than its input; expected a smaller one, or Same");
  static_assert(!Given.rows_given || rows.reach() <= Input.height + Given.above + Given.below,
                "nn::ZeroPadding: the window is higher than its padded input; expected a smaller one, or more rows of padding");
  static_assert(!Given.columns_given || columns.reach() <= Input.width + Given.left + Given.right,
                "nn::ZeroPadding: the window is wider than its padded input; expected a smaller one, or more columns of padding");
  static_assert(!Given.causal || Input.height == 1,
                "nn::Causal: only along a sequence, of height 1, is one place before another");
  static_assert(!Given.causal || !Given.same, "nn::Causal: Same pads a sequence at both ends; expected one of them");
  static_assert(Given.columns_given || Given.same || Given.causal || columns.reach() <= Input.width,
                "nn::Window: the window is wider than its input; expected a smaller one, or Same");

  static constexpr std::size_t output_height = rows.outputs();
  static constexpr std::size_t output_width = columns.outputs();
  static constexpr std::size_t positions = output_height * output_width;

  static constexpr std::uint32_t constant = axes.constant();

  // The taps of output place `at` that lie inside the input: from first to before end. Those of a window behind its end: none.
  struct Taps {
    std::size_t first, end;
  };
  static constexpr Taps inside(const Axis& axis, std::size_t at) {
    const std::size_t start = at * axis.stride, end = axis.input + axis.before();  // in the padded input
    const auto steps = [&](std::size_t distance) { return (distance + axis.dilation - 1) / axis.dilation; };
    return {start < axis.before() ? steps(axis.before() - start) : 0, start < end ? std::min(axis.taps, steps(end - start)) : 0};
  }
  static constexpr bool all_inside(const Axis& axis, std::size_t at) {
    if (!axis.padded()) return true;
    const auto [first, end] = inside(axis, at);
    return first == 0 && end == axis.taps;
  }

  // Calls visit(first, tap, count) for the parts of the window at output row and column (r, c) that lie inside the input, in
  // order: `count` pixels from pixel `first` of the input on are under taps from `tap` on. Undilated, a part is a row. Pixels are
  // counted from input row `above` on.
  static constexpr void for_each_part(auto above, std::size_t r, std::size_t c, auto&& visit) {
    const auto [first_column, end_column] = inside(columns, c);
    for (std::size_t y = 0; y < Height; ++y) {
      const std::size_t row = r * rows.stride + y * rows.dilation - rows.before();  // wraps above the input
      if (rows.padded() && row >= Input.height) continue;
      const std::size_t start = (row - above) * Input.width + c * columns.stride;
      if constexpr (columns.dilation == 1) {
        if (first_column < end_column)
          visit(start + first_column - columns.before(), y * Width + first_column, end_column - first_column);
      } else {
        for (std::size_t x = first_column; x < end_column; ++x)
          visit(start + x * columns.dilation - columns.before(), y * Width + x, std::size_t{1});
      }
    }
  }

  static constexpr void for_each_part(std::size_t r, std::size_t c, auto&& visit) { for_each_part(no_rows, r, c, visit); }

  // The input's pixel under a tap, of the window at (r, c), that lies inside it.
  static constexpr std::size_t pixel_at(std::size_t tap, std::size_t r, std::size_t c) {
    return (r * rows.stride + tap / Width * rows.dilation - rows.before()) * Input.width + c * columns.stride +
           tap % Width * columns.dilation - columns.before();
  }
  // The same of any tap; `pixels` if that is padding.
  static constexpr std::size_t pixel_under(std::size_t tap, std::size_t r, std::size_t c) {
    const std::size_t row = r * rows.stride + tap / Width * rows.dilation - rows.before();
    const std::size_t column = c * columns.stride + tap % Width * columns.dilation - columns.before();
    return row < Input.height && column < Input.width ? row * Input.width + column : pixels;
  }

  // Whether the pixels under a window lie one behind the other in memory, with nothing between and no padding.
  static constexpr bool contiguous = Given.dilation_rows == 1 && Given.dilation_columns == 1 &&
                                     (Height == 1 || Width == Input.width) && rows.before() == 0 && columns.before() == 0 &&
                                     (output_height - 1) * rows.stride + Height <= Input.height &&
                                     (output_width - 1) * columns.stride + Width <= Input.width;

  // The numbers under the window at (r, c), [Height][Width][C] with zeros for padding: a copy in `patch`, a std::array of as
  // many, or those of x themselves. x begins with row `above` of the input.
  template <class Number>
  static constexpr std::span<const Number, taps * Channels> patch_at(const Number* x, auto above, std::size_t r, std::size_t c,
                                                                     [[maybe_unused]] auto& patch) {
    if constexpr (contiguous) {
      return std::span<const Number, taps * Channels>{
          x + ((r * rows.stride - above) * Input.width + c * columns.stride) * Channels, taps * Channels};
    } else {
      if (!all_inside(rows, r) || !all_inside(columns, c)) patch = {};
      for_each_part(above, r, c, [&](std::size_t first, std::size_t tap, std::size_t count) {
        for (std::size_t i = 0; i < count * Channels; ++i) patch[tap * Channels + i] = x[first * Channels + i];
      });
      return patch;
    }
  }
};

}  // namespace nn
