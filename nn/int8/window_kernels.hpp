// Int8WindowKernels: windows of an image by a matrix of weights, y = W·x + b (nn/int8/rows.hpp).
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/int8/output.hpp"
#include "nn/int8/rows.hpp"

namespace nn {

struct Int8WindowKernels {
  // Writes the window from row to row, `zero` for padding.
  static constexpr void int8_gather(const Int8Edge& window, std::int8_t zero, std::int8_t* to) {
    const auto fill = [&](std::int32_t count) { to = std::fill_n(to, count, zero); };
    const std::int32_t row = window.before + window.length + window.after;
    fill(window.above * row);
    for (std::int32_t r = 0; r < window.rows; ++r) {
      fill(window.before);
      to = std::copy_n(window.x + r * window.step, window.length, to);
      fill(window.after);
    }
    fill(window.below * row);
  }

  // y = requantized W·x + b. Four rows at a time: each code of x is loaded once for four products. Where fewer are left, the last
  // row stands in for those that are missing.
  template <class Output = void, class Rounding>
  [[gnu::noinline]] static constexpr void int8_window(const Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    const Int8OutputOr<Output, Rounding> output{m.range, m.simple};
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      const std::int32_t last = m.outputs - 1 - o;
      const std::int8_t* const first = m.weight + o * m.depth;
      const std::int8_t* w0 = first;
      const std::int8_t* w1 = first + (last < 1 ? last : 1) * m.depth;
      const std::int8_t* w2 = first + (last < 2 ? last : 2) * m.depth;
      const std::int8_t* w3 = first + (last < 3 ? last : 3) * m.depth;
      std::uint32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (const std::int8_t *from = x, *const end = x + m.depth; from != end;) {
        const std::int32_t code = *from++;
        s0 += static_cast<std::uint32_t>(*w0++ * code);
        s1 += static_cast<std::uint32_t>(*w1++ * code);
        s2 += static_cast<std::uint32_t>(*w2++ * code);
        s3 += static_cast<std::uint32_t>(*w3++ * code);
      }
      const std::uint32_t sum[4]{s0, s1, s2, s3};
      for (std::int32_t r = 0; r < 4 && r <= last; ++r)
        y[o + r] = output(sum[r] + static_cast<std::uint32_t>(m.bias[o + r]), m.scale[(o + r) * m.scale_step]);
    }
    output.clamp(y, m.outputs);
  }

  // The same for two windows, one behind the other, whose outputs follow each other. Two rows at a time: each code is loaded
  // once for two products. The last of an odd number is its own neighbour.
  template <class Output = void, class Rounding>
  [[gnu::noinline]] static constexpr void int8_two_windows(const Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
    const Int8OutputOr<Output, Rounding> output{m.range, m.simple};
    const std::int32_t depth = m.depth;
    const std::int32_t outputs = m.outputs;
    const std::int32_t scale_step = m.scale_step;
    for (std::int32_t o = 0; o < outputs; o += 2) {
      const std::int32_t next = o + 1 < outputs ? 1 : 0;
      const std::int8_t* v = m.weight + o * depth;
      const std::int8_t* w = v + next * depth;
      const std::int8_t* first = x;
      const std::int8_t* second = x + depth;
      const std::uint32_t bias[2]{static_cast<std::uint32_t>(m.bias[o]), static_cast<std::uint32_t>(m.bias[o + next])};
      std::uint32_t sum[2][2]{{bias[0], bias[0]}, {bias[1], bias[1]}};  // [row][window]
      for (const std::int8_t* const end = second; first != end;) {
        const std::int32_t a = *first++;
        const std::int32_t b = *second++;
        const std::int32_t upper = *v++;
        const std::int32_t lower = *w++;
        sum[0][0] += static_cast<std::uint32_t>(upper * a);
        sum[0][1] += static_cast<std::uint32_t>(upper * b);
        sum[1][0] += static_cast<std::uint32_t>(lower * a);
        sum[1][1] += static_cast<std::uint32_t>(lower * b);
      }
      const auto* scale = m.scale + o * scale_step;
      std::int8_t* to = y + o;
      for (std::int32_t r = 0; r <= next; ++r, scale += scale_step, ++to) {
        to[0] = output(sum[r][0], *scale);
        to[outputs] = output(sum[r][1], *scale);
      }
    }
    output.clamp(y, 2 * outputs);
  }

  // The same for windows where they stand.
  template <class Rounding>
  static constexpr void int8_window_in_place(const Int8RowsOf<Rounding>& m, const Int8Runs& window, std::int8_t* y) {
    const Int8OutputOf<Rounding> output{m.range, m.simple};
    const std::int8_t* w = m.weight;
    for (std::int32_t o = 0; o < m.outputs; ++o) {
      std::uint32_t sum = static_cast<std::uint32_t>(m.bias[o]);
      for (std::int32_t r = 0; r < window.runs; ++r)
        for (std::int32_t i = 0; i < window.length; ++i) sum += static_cast<std::uint32_t>(*w++ * window.x[r * window.step + i]);
      y[o] = output(sum, m.scale[o * m.scale_step]);
    }
  }
  template <class Rounding>
  static constexpr void int8_two_windows_in_place(const Int8RowsOf<Rounding>& m, const Int8Runs& windows, std::int8_t* y) {
    int8_window_in_place(m, windows, y);
    int8_window_in_place(m, {windows.x + windows.next, windows.runs, windows.length, windows.step, 0}, y + m.outputs);
  }

  // `count` windows, each `next` behind the one before, and their outputs, two at a time; backward: from the last to the first.
  template <class Kernels, class Rounding>
  static constexpr void int8_windows_in_place(const Int8RowsOf<Rounding>& m, Int8Runs windows, std::int32_t count, bool backward,
                                              std::int8_t* y) {
    const std::int8_t* const first = windows.x;
    for (std::int32_t left = count; left > 0; left -= 2) {
      const std::int32_t p = !backward ? count - left : left > 1 ? left - 2 : 0;
      windows.x = first + p * windows.next;
      std::int8_t* const to = y + p * m.outputs;
      if (windows.runs > 1 || windows.next != m.depth)
        left > 1 ? Kernels::int8_two_windows_in_place(m, windows, to) : Kernels::int8_window_in_place(m, windows, to);
      else
        left > 1 ? Kernels::int8_two_windows(m, windows.x, to) : Kernels::int8_window(m, windows.x, to);
    }
  }
};

}  // namespace nn
