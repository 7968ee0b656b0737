// BackwardBlocks<Window>: how the backward pass of a convolution visits its window, in blocks as large as the kernels can walk.
//
//   ∂L/∂x  pixel by pixel, each over the taps that lie on it                          TapsOnPixel, for_each_taps_on
//   ∂L/∂W  tap by tap, each over the positions at which it lies inside the input      Block, for_each_block
//
// A position is an output's pixel, counted row by row; taps are counted row by row, too.
#pragma once

#include <algorithm>
#include <cstddef>

#include "nn/backward_kernels.hpp"
#include "nn/layer/window.hpp"

namespace nn {

template <class Window>
struct BackwardBlocks {
  static constexpr Axis rows = Window::rows;
  static constexpr Axis columns = Window::columns;
  static constexpr std::size_t Channels = Window::Channels;
  static constexpr std::size_t Height = rows.taps;
  static constexpr std::size_t Width = columns.taps;
  static constexpr std::size_t output_height = Window::output_height;
  static constexpr std::size_t output_width = Window::output_width;

  // `rows` rows of `count` taps from `tap` on, which lie on one pixel: `tap` does of the window at `position`. From one tap to
  // the next positions go back by one, from a row to the next by a row of the output.
  struct TapsOnPixel {
    std::size_t tap, position, count, rows;
  };

  // `rows` rows of `count` positions from `position` on, at which `taps` taps from `tap` on lie inside the input; at the first
  // position, the first of them on `pixel`.
  struct Block {
    std::size_t pixel, tap, taps, position, count, rows;
  };

  // Calls visit(tap, position) for every window that has a tap on the input's pixel (r, c), in the order of taps.
  static constexpr void for_each_tap_on(std::size_t r, std::size_t c, auto&& visit) {
    for (std::size_t y = 0; y < Height; ++y) {
      const std::size_t row = place_of(rows, r, y);
      if (row >= output_height) continue;
      for (std::size_t x = 0; x < Width; ++x) {
        const std::size_t column = place_of(columns, c, x);
        if (column < output_width) visit(y * Width + x, row * output_width + column);
      }
    }
  }

  // The same, as visit(TapsOnPixel): at once where the window moves by one.
  static constexpr void for_each_taps_on(std::size_t r, std::size_t c, auto&& visit) {
    if constexpr (rows.stride == 1 && rows.dilation == 1 && columns.stride == 1 && columns.dilation == 1) {
      const std::size_t bottom = r + rows.before(), right = c + columns.before();  // the position of tap 0
      const std::size_t top = bottom < output_height ? 0 : bottom - output_height + 1, below = std::min(Height, bottom + 1);
      const std::size_t first = right < output_width ? 0 : right - output_width + 1, end = std::min(Width, right + 1);
      if (top < below && first < end)
        visit(TapsOnPixel{top * Width + first, (bottom - top) * output_width + right - first, end - first, below - top});
    } else {
      for_each_tap_on(r, c, [&](std::size_t tap, std::size_t position) { visit(TapsOnPixel{tap, position, 1, 1}); });
    }
  }

  // Calls visit(Block) for the taps of the window's rows from `begin` to before `end`, each tap alone or Together those of a
  // row. Each tap sees positions in their order.
  template <bool Together>
  static constexpr void for_each_block(std::size_t begin, std::size_t end, auto&& visit) {
    if constexpr (Together)
      for (std::size_t y = begin; y < end; ++y) for_each_block_of_row(y, visit);
    else
      for (std::size_t tap = begin * Width; tap < end * Width; ++tap) for_each_block_of_tap(tap, visit);
  }

  // The one block of a tap, if there is one.
  static constexpr void for_each_block_of_tap(std::size_t tap, auto&& visit) {
    const auto [top, below] = places_inside(rows, tap / Width, tap / Width);
    const auto [first, end] = places_inside(columns, tap % Width, tap % Width);
    if (top < below && first < end)
      visit(Block{Window::pixel_at(tap, top, first), tap, 1, top * output_width + first, end - first, below - top});
  }

  // Of the taps of row y: one block without padding at the sides, else blocks of each row of the output.
  static constexpr void for_each_block_of_row(std::size_t y, auto&& visit) {
    static_assert(columns.dilation == 1, "nn::BackwardBlocks: taps apart are taken alone");
    const auto [top, below] = places_inside(rows, y, y);
    if constexpr (columns.padded()) {
      for (std::size_t r = top; r < below; ++r) for_each_block_at(y, r, visit);
    } else {
      const auto [first, end] = places_inside(columns, 0, Width - 1);
      if (top < below)
        visit(Block{Window::pixel_at(y * Width, top, first), y * Width, Width, top * output_width + first, end - first,
                    below - top});
    }
  }

  // In row r of the output: at the left edge position by position, as taps are cut off; where all are inside; at the right.
  static constexpr void for_each_block_at(std::size_t y, std::size_t r, auto&& visit) {
    const auto cut = [&](std::size_t c) {
      if (const auto [from, to] = Window::inside(columns, c); from < to)
        visit(Block{Window::pixel_at(y * Width + from, r, c), y * Width + from, to - from, r * output_width + c, 1, 1});
    };
    const auto [first, end] = places_inside(columns, 0, Width - 1);
    for (std::size_t c = 0; c < std::min(first, output_width); ++c) cut(c);
    if (first < end)
      visit(Block{Window::pixel_at(y * Width, r, first), y * Width, Width, r * output_width + first, end - first, 1});
    for (std::size_t c = std::max(first, end); c < output_width; ++c) cut(c);
  }

  // The walk through a block: gradients of `outputs` numbers a position, and inputs of Channels numbers a pixel. Parts of a
  // position's row are the rows of the window.
  static constexpr BackwardWalk walk(const Block& block, std::size_t outputs) {
    constexpr std::size_t line = columns.input * Channels, step = columns.stride * Channels;
    return {number(outputs), number(step), block.count, block.rows, number((output_width - block.count) * outputs),
            number(rows.stride * line) - number(block.count * step), number(rows.dilation * line)};
  }
  // And through taps on a pixel, of gradients and weights of Channels numbers a position and a tap.
  static constexpr BackwardWalk walk(const TapsOnPixel& on) {
    return {-number(Channels), number(Channels), on.count, on.rows, number(on.count * Channels) - number(output_width * Channels),
            number((Width - on.count) * Channels)};
  }

 private:
  // The output places whose taps from `first_tap` to `last_tap` lie inside the input: from first to before end.
  struct Places {
    std::size_t first, end;
  };
  static constexpr Places places_inside(const Axis& axis, std::size_t first_tap, std::size_t last_tap) {
    const std::size_t first = first_tap * axis.dilation, last = last_tap * axis.dilation, end = axis.input + axis.before();
    return {first < axis.before() ? (axis.before() - first + axis.stride - 1) / axis.stride : 0,
            last < end ? std::min(axis.outputs(), (end - last - 1) / axis.stride + 1) : 0};
  }

  // The output place whose tap is on place `at` of the input; one beyond all outputs if there is none.
  static constexpr std::size_t place_of(const Axis& axis, std::size_t at, std::size_t tap) {
    const std::size_t distance = at + axis.before() - tap * axis.dilation;  // wraps where it is negative
    if (distance > at + axis.before() || distance % axis.stride != 0) return axis.outputs();
    return distance / axis.stride;
  }

  static constexpr std::ptrdiff_t number(std::size_t n) { return static_cast<std::ptrdiff_t>(n); }
};

}  // namespace nn
