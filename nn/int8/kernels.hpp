// Int8Kernels: the inner loops of quantized layers. A target may hide them with faster ones; sums of integers wrap
// modulo 2^32, so they are exact in any order as long as the last one fits.
//
//   W  [outputs][depth]  weight       x  [depth]    one window of the input
//   b  [outputs]         bias, with the input's zero point folded in: b[o] - zero·Σ_i W[o][i]
//   y  [outputs]         the pixel of the output
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "nn/int8/requantize.hpp"
#include "nn/int8/rounding.hpp"

namespace nn {

// A matrix of weights, and what becomes of its sums. They are simple if, whatever the input, each lies within ±2^30 on its
// way from the bias to the end, and every scale shifts to the right.
template <class Rounding>
struct Int8RowsOf {
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;  // one for each output, or one for all
  std::int32_t scale_step;   // 1 or 0
  std::int32_t depth;
  std::int32_t outputs;
  int8::Range range;
  bool simple;
  const std::int8_t* laid_out = nullptr;  // the same for the core (nn/graph/laid_out.hpp), or none
  std::int32_t run = 0;                   // codes of a window that lie side by side in the image; 0: all
  bool one_window = false;                // each call has one
};
using Int8Rows = Int8RowsOf<int8::Reference>;

// Windows where they stand in the image: `runs` runs of `length` codes, `step` from one to the next; the second window lies
// `next` behind the first.
struct Int8Runs {
  const std::int8_t* x;
  std::int32_t runs;
  std::int32_t length;
  std::int32_t step;
  std::int32_t next;
};

// A window at the edge of an image: rows of codes, `step` from one to the next, and the padding around them.
struct Int8Edge {
  const std::int8_t* x;
  std::int32_t step;
  std::int32_t above, rows, below;     // rows
  std::int32_t before, length, after;  // codes of a row
};

// One window of a depthwise convolution: x[row·row_step + column·column_step + channel].
struct Int8Window {
  const std::int8_t* x;
  std::int32_t row_step;
  std::int32_t column_step;
};

// One window of a pooling: x[row·row_step + column·column_step + channel].
template <class Code>
struct Int8Pool {
  const Code* x;
  std::int32_t rows, columns, row_step, column_step, channels;
};

// W [rows][columns][channels·multiplier]; output channel o reads channel o / multiplier.
template <class Rounding>
struct Int8DepthwiseOf {
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  std::int32_t rows;
  std::int32_t columns;
  std::int32_t channels;
  std::int32_t multiplier;
  int8::Range range;
  bool simple;                            // as above
  const std::int8_t* laid_out = nullptr;  // as above
};
using Int8Depthwise = Int8DepthwiseOf<int8::Reference>;

// Rows of Add (nn/int8/add.hpp): a and b step along them by a_step and b_step.
struct Int8Sum {
  std::int32_t a_zero;
  std::int32_t b_zero;
  int8::Scale a_scale;
  int8::Scale b_scale;
  int8::Scale scale;
  int8::Range range;
  std::int32_t sign;
  std::int32_t count;
  std::int32_t a_step;
  std::int32_t b_step;
};

// A matrix of weights whose sums stay sums: b + W·x, which wrap.
struct Int8Matrix {
  const std::int8_t* weight;
  const std::int32_t* bias;
  std::int32_t depth;
  std::int32_t outputs;
};

// Two sums of one number, each by a scale of its own; simple: Int8Rows, of both.
struct Int8TwoSums {
  const std::int32_t* a;
  const std::int32_t* b;
  int8::Scale a_scale;
  int8::Scale b_scale;
  bool simple;
};

// How sums become codes. A target may have a faster one for the loops below, which calls clamp() when a window is done.
template <class Rounding>
struct Int8OutputOf {
  int8::Range range;

  constexpr Int8OutputOf(const int8::Range& limits, bool) : range{limits} {}
  constexpr std::int8_t operator()(std::uint32_t sum, const typename Rounding::Scale& scale) const {
    return static_cast<std::int8_t>(Rounding::code(static_cast<std::int32_t>(sum), scale, range));
  }
  constexpr void clamp(std::int8_t*, std::int32_t) const {}
};
using Int8Output = Int8OutputOf<int8::Reference>;

// That of a loop below: its own if it names none.
template <class Output, class Rounding>
using Int8OutputOr = std::conditional_t<std::is_void_v<Output>, Int8OutputOf<Rounding>, Output>;

struct Int8Kernels {
  // Bytes that a layer takes as the core wants it, and the layer in these bytes, which the compiler computes. A core that reads
  // weights as they stand wants none. Does it read windows of such runs where they stand?
  static constexpr std::int32_t int8_laid_out_bytes(const auto&) { return 0; }
  static constexpr void int8_lay_out(const auto&, std::int8_t*) {}
  static constexpr bool int8_walks_rows = false;  // of the output, where windows stand
  static constexpr bool int8_reads_runs(const auto&, std::int32_t) { return false; }

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

  // What a core wants of `count` codes whose products with several matrices are summed: so many bytes, filled once.
  static constexpr std::int32_t int8_wide_bytes(std::int32_t) { return 0; }
  static constexpr void int8_widen(const std::int8_t*, std::int32_t, std::byte*) {}
  // sum = b + W·x, row by row; `wide`: as above.
  [[gnu::noinline]] static constexpr void int8_sums(const Int8Matrix& m, const std::int8_t* x, const std::byte*, std::int32_t* sum) {
    for (std::int32_t o = 0; o < m.outputs; ++o) {
      std::uint32_t all = static_cast<std::uint32_t>(m.bias[o]);
      const std::int8_t* w = m.weight + o * m.depth;
      for (const std::int8_t *from = x, *const end = x + m.depth; from != end;) all += static_cast<std::uint32_t>(*w++ * *from++);
      sum[o] = static_cast<std::int32_t>(all);
    }
  }

  // As a signed number of so many bits.
  template <int Bits>
  static constexpr std::int32_t int8_within(std::int32_t x) { return int8::clamp(x, -(1 << (Bits - 1)), (1 << (Bits - 1)) - 1); }
  // store(i, a and b, scaled, each within 16 bits, and so their sum).
  static constexpr void int8_add_scaled(const Int8TwoSums& m, std::int32_t count, auto store) {
    for (std::int32_t i = 0; i < count; ++i)
      store(i, int8_within<16>(int8_within<16>(int8::requantize(m.a[i], m.a_scale)) + int8_within<16>(int8::requantize(m.b[i], m.b_scale))));
  }

  // Of numbers below 2^30.
  static constexpr std::int32_t int8_scaled(std::int32_t x, int8::Scale scale) { return int8::requantize(x, scale); }

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
  static constexpr void int8_windows_in_place(const Int8RowsOf<Rounding>& m, Int8Runs windows, std::int32_t count, bool backward, std::int8_t* y) {
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

  template <class Output = void, class Rounding>
  [[gnu::noinline]] static constexpr void int8_depthwise(const Int8DepthwiseOf<Rounding>& m, Int8Window window, std::int8_t* y) {
    const Int8OutputOr<Output, Rounding> output{m.range, m.simple};
    const std::int32_t scale_step = m.scale_step;
    std::int32_t o = 0;
    if (m.multiplier == 1 && m.channels >= 4) {
      for (; o < m.channels; o += 4) {
        if (o + 4 > m.channels) o = m.channels - 4;  // some once more
        std::uint32_t sum[4];
        int8_taps_of_four(m, window, o, sum);
        const auto* scale = m.scale + o * scale_step;
        for (std::int32_t k = 0; k < 4; ++k, scale += scale_step) y[o + k] = output(sum[k], *scale);
      }
    } else {
      for (std::int32_t c = 0; c < m.channels; ++c)
        for (const std::int32_t end = o + m.multiplier; o < end;) {
          std::uint32_t sum[2];
          int8_taps_of_two(m, window, o, o + 1 < end ? 1 : 0, window.x + c, sum);
          const auto* scale = m.scale + o * scale_step;
          for (std::int32_t k = 0; k < 2 && o < end; ++k, ++o, scale += scale_step) y[o] = output(sum[k], *scale);
        }
    }
    output.clamp(y, m.channels * m.multiplier);
  }

  // b + Σ w·x over the window of outputs o and o + next, of one channel: each code of x is loaded once for both.
  static constexpr void int8_taps_of_two(const auto& m, const Int8Window& window, std::int32_t o, std::int32_t next,
                                         const std::int8_t* x, std::uint32_t (&sum)[2]) {
    const std::int32_t outputs = m.channels * m.multiplier;
    const std::int32_t step = window.column_step;
    const std::int32_t to_next_row = window.row_step - m.columns * step;
    const std::int8_t* w = m.weight + o;
    std::uint32_t s0 = static_cast<std::uint32_t>(m.bias[o]), s1 = static_cast<std::uint32_t>(m.bias[o + next]);
    for (std::int32_t i = m.rows; i > 0; --i, x += to_next_row)
      for (std::int32_t j = m.columns; j > 0; --j, x += step, w += outputs) {
        s0 += static_cast<std::uint32_t>(w[0] * *x);
        s1 += static_cast<std::uint32_t>(w[next] * *x);
      }
    sum[0] = s0;
    sum[1] = s1;
  }

  // b + Σ w·x of four channels from `o` on, with one output each.
  static constexpr void int8_taps_of_four(const auto& m, const Int8Window& window, std::int32_t o, std::uint32_t (&sum)[4]) {
    const std::int32_t step = window.column_step;
    const std::int32_t row = m.columns * step;
    const std::int32_t channels = m.channels;
    const std::int8_t* w = m.weight + o;
    const std::int8_t* x = window.x + o;
    const std::int32_t* const bias = m.bias + o;
    std::uint32_t s0 = static_cast<std::uint32_t>(bias[0]), s1 = static_cast<std::uint32_t>(bias[1]);
    std::uint32_t s2 = static_cast<std::uint32_t>(bias[2]), s3 = static_cast<std::uint32_t>(bias[3]);
    for (std::int32_t i = m.rows; i > 0; --i, x += window.row_step - row)
      for (const std::int8_t* const end = x + row; x != end; x += step, w += channels) {
        s0 += static_cast<std::uint32_t>(w[0] * x[0]);
        s1 += static_cast<std::uint32_t>(w[1] * x[1]);
        s2 += static_cast<std::uint32_t>(w[2] * x[2]);
        s3 += static_cast<std::uint32_t>(w[3] * x[3]);
      }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }

  // y[i] = max(y[i], x[i])
  template <class Code>
  static constexpr void keep_larger(Code* y, const Code* x, std::int32_t count) {
    for (const Code* const end = x + count; x != end; ++x, ++y)
      if (*x > *y) *y = *x;
  }

  // The largest code of each channel in a window of rows and columns, at least `least` and at most `most`.
  template <class Kernels, class Code>
  static constexpr void largest(const Int8Pool<Code>& window, Code least, Code most, Code* y) {
    for (std::int32_t c = 0; c < window.channels; ++c) y[c] = least;
    for (std::int32_t k = 0; k < window.rows; ++k)
      for (std::int32_t l = 0; l < window.columns; ++l)
        Kernels::keep_larger(y, window.x + k * window.row_step + l * window.column_step, window.channels);
    if (most < std::numeric_limits<Code>::max())
      for (std::int32_t c = 0; c < window.channels; ++c) y[c] = y[c] < most ? y[c] : most;
  }

  // The sums of the codes of four channels in a window.
  template <class Code>
  static constexpr void sum_of_four(const Int8Pool<Code>& window, std::int32_t (&sum)[4]) {
    std::int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    const Code* row = window.x;
    for (std::int32_t k = window.rows; k > 0; --k, row += window.row_step - window.columns * window.column_step)
      for (std::int32_t l = window.columns; l > 0; --l, row += window.column_step) {
        s0 += row[0];
        s1 += row[1];
        s2 += row[2];
        s3 += row[3];
      }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }

  // y = a ± b, brought to a common scale with so many more bits.
  template <int MoreBits, class Code>
  static constexpr void add_codes(const Int8Sum& m, const Code* a, const Code* b, Code* y, auto requantize) {
    const Int8Sum s = m;
    for (std::int32_t left = s.count; left > 0; --left, a += s.a_step, b += s.b_step) {
      const std::int32_t first = requantize((*a - s.a_zero) * (1 << MoreBits), s.a_scale);
      const std::int32_t second = requantize((*b - s.b_zero) * (1 << MoreBits), s.b_scale);
      *y++ = int8::code<Code>(requantize(first + s.sign * second, s.scale), s.range);
    }
  }
  template <int MoreBits, class Code>
  static constexpr void add_codes(const Int8Sum& m, const Code* a, const Code* b, Code* y) {
    add_codes<MoreBits>(m, a, b, y, [](std::int32_t x, int8::Scale scale) { return int8::requantize(x, scale); });
  }

  // A row of AddHalfUp.
  static constexpr void add_half_up(const auto& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    const auto by = m;
    for (std::int32_t left = by.shape.extent[4]; left > 0; --left, a += by.shape.a_step[4], b += by.shape.b_step[4]) {
      const std::int32_t sum = by.bias + *a * by.a_multiplier + *b * by.b_multiplier;
      *y++ = static_cast<std::int8_t>(int8::clamp((sum >> by.shift) + by.range.zero, by.range.least, by.range.most));
    }
  }
};

}  // namespace nn
