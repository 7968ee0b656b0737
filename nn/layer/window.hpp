// Window: how a convolution or a pooling of Height x Width moves over its input, as TensorFlow defines it.
//
//   Stride<2>  Stride<2, 1>      rows and columns from one window to the next (1; of a pooling, the window's own size)
//   Dilation<2>  Dilation<2, 1>  rows and columns from one tap of the window to the next (1)
//   Same                         pads with zeros so that an output has ⌈input / stride⌉ rows and columns; of an odd number of
//                                padded rows, the bottom has one more than the top; likewise left and right
//   Valid                        no padding, the default: windows lie inside the input
//   Causal                       along a sequence: zeros before its beginning alone, so that an output sees no later input
//   ZeroPadding<1>  ZeroPadding<0, 1, 2, 1>    so many rows of zeros above and below, columns to the left and to the right, as
//                                other frameworks have them; those that are left out are as many as above
//
//   reach   (Height - 1) · dilation + 1 rows of the input under one window; likewise columns
//   output  Valid: ⌊(input - reach) / stride⌋ + 1
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/fingerprint.hpp"
#include "nn/shape.hpp"

namespace nn {

template <std::size_t Rows, std::size_t Columns = Rows>
struct Stride {
  static_assert(Rows > 0, "nn::Stride<Rows, Columns>: a window moves by at least one row");
  static_assert(Columns > 0, "nn::Stride<Rows, Columns>: a window moves by at least one column");
};
template <std::size_t Rows, std::size_t Columns = Rows>
struct Dilation {
  static_assert(Rows > 0, "nn::Dilation<Rows, Columns>: the taps of a window lie at least one row apart");
  static_assert(Columns > 0, "nn::Dilation<Rows, Columns>: the taps of a window lie at least one column apart");
};
struct Same {};
struct Valid {};
struct Causal {};
template <std::size_t Above, std::size_t Below = Above, std::size_t Left = Above, std::size_t Right = Left>
struct ZeroPadding {
  static_assert(Above + Below + Left + Right > 0,
                "nn::ZeroPadding<Above, Below, Left, Right>: there is nothing to pad; expected Valid");
};
// Of a piece of a layer along rows, or along columns: so many rows of zeros before and behind it, whatever the layer says.
template <std::size_t Before, std::size_t After, bool Rows>
struct PaddedBy {};

// The options together.
struct Steps {
  std::size_t stride_rows = 1;
  std::size_t stride_columns = 1;
  std::size_t dilation_rows = 1;
  std::size_t dilation_columns = 1;
  bool same = false;
  bool causal = false;
  bool rows_given = false, columns_given = false;  // by ZeroPadding or PaddedBy
  std::size_t above = 0, below = 0, left = 0, right = 0;

  template <std::size_t Rows, std::size_t Columns>
  constexpr void set(Stride<Rows, Columns>) {
    stride_rows = Rows;
    stride_columns = Columns;
  }
  template <std::size_t Rows, std::size_t Columns>
  constexpr void set(Dilation<Rows, Columns>) {
    dilation_rows = Rows;
    dilation_columns = Columns;
  }
  constexpr void set(Same) { same = true; }
  constexpr void set(Valid) { same = causal = false; }
  constexpr void set(Causal) { causal = true; }
  template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
  constexpr void set(ZeroPadding<Above, Below, Left, Right>) {
    rows_given = columns_given = true;
    above = Above;
    below = Below;
    left = Left;
    right = Right;
  }
  template <std::size_t Before, std::size_t After, bool Rows>
  constexpr void set(PaddedBy<Before, After, Rows>) {
    (Rows ? rows_given : columns_given) = true;
    (Rows ? above : left) = Before;
    (Rows ? below : right) = After;
  }
};

template <class Option>
concept StepOption = requires(Steps steps, Option option) { steps.set(option); };

// The options, and what holds where they are silent.
template <class... Options>
constexpr Steps steps_of(Steps steps = {}) {
  static_assert((StepOption<Options> && ...), "nn::Window: an option is Stride, Dilation, Same, Valid, Causal or ZeroPadding");
  (steps.set(Options{}), ...);
  return steps;
}

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

  // Calls visit(first, tap, count) for the parts of the window at output row and column (r, c) that lie inside the input, in
  // order: `count` pixels from pixel `first` of the input on are under taps from `tap` on. Undilated, a part is a row. Pixels are
  // counted from input row `above` on.
  static constexpr void for_each_part(auto above, std::size_t r, std::size_t c, auto&& visit) {
    const auto [first_column, last_column] = inside(columns, c);
    for (std::size_t y = 0; y < Height; ++y) {
      const std::size_t row = r * rows.stride + y * rows.dilation - rows.before();  // wraps above the input
      if (rows.padded() && row >= Input.height) continue;
      const std::size_t start = (row - above) * Input.width + c * columns.stride;
      if constexpr (columns.dilation == 1) {
        if (first_column < last_column)
          visit(start + first_column - columns.before(), y * Width + first_column, last_column - first_column);
      } else {
        for (std::size_t x = first_column; x < last_column; ++x)
          visit(start + x * columns.dilation - columns.before(), y * Width + x, std::size_t{1});
      }
    }
  }

  static constexpr void for_each_part(std::size_t r, std::size_t c, auto&& visit) { for_each_part(no_rows, r, c, visit); }

  // Calls visit(tap, position) for every window position that has a tap on the input's pixel (r, c), in the order of taps.
  static constexpr void for_each_tap_on(std::size_t r, std::size_t c, auto&& visit) {
    for (std::size_t y = 0; y < Height; ++y) {
      const std::size_t row = position_of(rows, r, y);
      if (row >= output_height) continue;
      for (std::size_t x = 0; x < Width; ++x) {
        const std::size_t column = position_of(columns, c, x);
        if (column < output_width) visit(y * Width + x, row * output_width + column);
      }
    }
  }

  // The same of `rows` of `count` taps each: visit(tap, position, count, rows). From one tap to the next positions go back by
  // one, from a row to the next by a row of the output.
  static constexpr void for_each_taps_on(std::size_t r, std::size_t c, auto&& visit) {
    if constexpr (rows.stride == 1 && rows.dilation == 1 && columns.stride == 1 && columns.dilation == 1) {
      const std::size_t bottom = r + rows.before(), right = c + columns.before();  // the position of tap 0
      const std::size_t top = bottom < output_height ? 0 : bottom - output_height + 1, below = std::min(Height, bottom + 1);
      const std::size_t first = right < output_width ? 0 : right - output_width + 1, last = std::min(Width, right + 1);
      if (top < below && first < last)
        visit(top * Width + first, (bottom - top) * output_width + right - first, last - first, below - top);
    } else {
      for_each_tap_on(r, c, [&](std::size_t tap, std::size_t position) { visit(tap, position, std::size_t{1}, std::size_t{1}); });
    }
  }

  // Calls visit(pixel, tap, taps, position, count, rows) for blocks of `rows` of `count` positions each, at which `taps` from
  // `tap` on lie inside the input; pixel: that of the first one. Taps of the rows from `begin` to before `end`, each alone or
  // Together those of a row. Each tap sees positions in their order.
  template <bool Together>
  static constexpr void for_each_block(std::size_t begin, std::size_t end, auto&& visit) {
    static_assert(!Together || columns.dilation == 1, "nn::Window: taps apart are taken alone");
    if constexpr (!Together) {
      for (std::size_t tap = begin * Width; tap < end * Width; ++tap) for_each_block_of(tap, visit);
    } else {
      for (std::size_t y = begin; y < end; ++y) {
        const auto [top, below] = places_under(rows, y, y);
        const auto [first, last] = places_under(columns, 0, Width - 1);
        if constexpr (!columns.padded()) {
          if (top < below)
            visit(pixel_at(y * Width, top, first), y * Width, Width, top * output_width + first, last - first, below - top);
        } else {
          for (std::size_t r = top; r < below; ++r) {
            const auto cut = [&](std::size_t c) {  // at the edge
              if (const auto [from, to] = inside(columns, c); from < to)
                visit(pixel_at(y * Width + from, r, c), y * Width + from, to - from, r * output_width + c, std::size_t{1},
                      std::size_t{1});
            };
            for (std::size_t c = 0; c < std::min(first, output_width); ++c) cut(c);
            if (first < last)
              visit(pixel_at(y * Width, r, first), y * Width, Width, r * output_width + first, last - first, std::size_t{1});
            for (std::size_t c = std::max(first, last); c < output_width; ++c) cut(c);
          }
        }
      }
    }
  }
  // The one block of a tap, if there is one.
  static constexpr void for_each_block_of(std::size_t tap, auto&& visit) {
    const auto [top, below] = places_under(rows, tap / Width, tap / Width);
    const auto [first, last] = places_under(columns, tap % Width, tap % Width);
    if (top < below && first < last)
      visit(pixel_at(tap, top, first), tap, std::size_t{1}, top * output_width + first, last - first, below - top);
  }

  // The input's pixel under a tap of the window at (r, c); `pixels` if that is padding.
  static constexpr std::size_t pixels = Input.height * Input.width;
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

 private:
  struct Taps {  // or places
    std::size_t first, last;
  };

  // The taps of output place `at` that lie inside the input: from first to before last. Those of a window behind its end: none.
  static constexpr Taps inside(const Axis& axis, std::size_t at) {
    const std::size_t start = at * axis.stride, end = axis.input + axis.before();  // in the padded input
    const auto steps = [&](std::size_t distance) { return (distance + axis.dilation - 1) / axis.dilation; };
    return {start < axis.before() ? steps(axis.before() - start) : 0, start < end ? std::min(axis.taps, steps(end - start)) : 0};
  }

  static constexpr bool all_inside(const Axis& axis, std::size_t at) {
    if (!axis.padded()) return true;
    const auto [first, last] = inside(axis, at);
    return first == 0 && last == axis.taps;
  }

  // The input's pixel under a tap that lies inside it.
  static constexpr std::size_t pixel_at(std::size_t tap, std::size_t r, std::size_t c) {
    return (r * rows.stride + tap / Width * rows.dilation - rows.before()) * Input.width + c * columns.stride +
           tap % Width * columns.dilation - columns.before();
  }

  // The places of the output whose taps from `tap` to `last` lie inside the input.
  static constexpr Taps places_under(const Axis& axis, std::size_t tap, std::size_t last) {
    const std::size_t begin = tap * axis.dilation, end = last * axis.dilation, size = axis.input + axis.before();
    return {begin < axis.before() ? (axis.before() - begin + axis.stride - 1) / axis.stride : 0,
            end < size ? std::min(axis.outputs(), (size - end - 1) / axis.stride + 1) : 0};
  }

  // The output place whose tap is on place `at` of the input; one beyond all outputs if there is none.
  static constexpr std::size_t position_of(const Axis& axis, std::size_t at, std::size_t tap) {
    const std::size_t distance = at + axis.before() - tap * axis.dilation;  // wraps where it is negative
    if (distance > at + axis.before() || distance % axis.stride != 0) return axis.outputs();
    return distance / axis.stride;
  }
};

}  // namespace nn
