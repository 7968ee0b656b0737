// Int16Kernels: the inner loops of layers whose codes have 16 bits. A target may hide them with faster ones; sums are exact.
//
//   W  [outputs][depth]  weight, int8        x  [depth]    one window of the input
//   b  [outputs]         bias                y  [outputs]  the pixel of the output
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/graph/members.hpp"
#include "nn/int16/requantize.hpp"

namespace nn {

// What becomes of sums, which begin with the bias: those of 64 bits are rounded once, those of 32, which wrap, twice, as those of
// int8 are.
struct Int16Output {
  const std::int64_t* bias;
  const int8::Scale* scale;  // one for each output, or one for all
  std::int32_t scale_step;   // 1 or 0
  int8::Range range;
  bool wide;

  constexpr void members(auto&& list, std::int32_t outputs) const {
    list("bias", graph::listed(bias, outputs));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : outputs));
    list("scale_step", scale_step);
    list("range", range);
    list("wide", wide);
  }

  constexpr std::int16_t operator()(std::int32_t o, std::int64_t sum) const {
    const int8::Scale to = scale[o * scale_step];
    return int8::code<std::int16_t>(wide ? int16::requantize(sum, to) : int8::requantize(static_cast<std::int32_t>(sum), to),
                                    range);
  }
};

// A matrix of weights.
struct Int16Rows {
  const std::int8_t* weight;
  std::int32_t depth;
  std::int32_t outputs;
  Int16Output output;
};

// One window of a depthwise convolution: x[row·row_step + column·column_step + channel].
struct Int16Window {
  const std::int16_t* x;
  std::int32_t row_step;
  std::int32_t column_step;
};

// W [rows][columns][channels·multiplier]; output channel o reads channel o / multiplier.
struct Int16Depthwise {
  const std::int8_t* weight;
  std::int32_t rows;
  std::int32_t columns;
  std::int32_t channels;
  std::int32_t multiplier;
  Int16Output output;
};

struct Int16Kernels {
  // So many products of 16 and 8 bits fit in 32 bits.
  static constexpr std::int32_t int16_products = 256;

  // y = requantized W·x + b
  [[gnu::noinline]] static constexpr void int16_window(const Int16Rows& m, const std::int16_t* x, std::int16_t* y) {
    int16_rows(m, x, y, int16_add_four_rows);
  }

  // The same with another sum of four rows. Where fewer are left, the last row stands in for those that are missing.
  [[gnu::always_inline]] static constexpr void int16_rows(const Int16Rows& m, const std::int16_t* x, std::int16_t* y,
                                                          auto add_four_rows) {
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      const std::int32_t last = m.outputs - 1 - o;
      const std::int8_t* const w = m.weight + o * m.depth;
      std::int64_t sum[4];
      for (std::int32_t r = 0; r < 4; ++r) sum[r] = m.output.bias[o + (last < r ? last : r)];
      for (std::int32_t i = 0; i < m.depth; i += int16_products)
        add_four_rows(w + i, (last < 1 ? last : 1) * m.depth, (last < 2 ? last : 2) * m.depth, (last < 3 ? last : 3) * m.depth,
                      x + i, std::min(m.depth - i, int16_products), sum);
      for (std::int32_t r = 0; r < 4 && r <= last; ++r) y[o + r] = m.output(o + r, sum[r]);
    }
  }

  // sum += W·x of the row at `w` and of three others, so many weights behind it. Each code of x is loaded once for four products.
  static constexpr void int16_add_four_rows(const std::int8_t* w, std::int32_t second, std::int32_t third, std::int32_t fourth,
                                            const std::int16_t* x, std::int32_t count, std::int64_t (&sum)[4]) {
    std::int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    const std::int8_t *w1 = w + second, *w2 = w + third, *w3 = w + fourth;
    for (const std::int16_t* const end = x + count; x != end;) {
      const std::int32_t code = *x++;
      s0 += *w++ * code;
      s1 += *w1++ * code;
      s2 += *w2++ * code;
      s3 += *w3++ * code;
    }
    sum[0] += s0;
    sum[1] += s1;
    sum[2] += s2;
    sum[3] += s3;
  }

  [[gnu::noinline]] static constexpr void int16_depthwise(const Int16Depthwise& m, Int16Window window, std::int16_t* y) {
    const std::int32_t outputs = m.channels * m.multiplier;
    const std::int32_t to_next_row = window.row_step - m.columns * window.column_step;
    std::int32_t o = 0;
    for (std::int32_t c = 0; c < m.channels; ++c)
      for (std::int32_t k = 0; k < m.multiplier; ++k, ++o) {
        const std::int8_t* w = m.weight + o;
        const std::int16_t* x = window.x + c;
        std::int64_t sum = m.output.bias[o];
        for (std::int32_t i = m.rows; i > 0; --i, x += to_next_row)
          for (std::int32_t j = m.columns; j > 0; --j, x += window.column_step, w += outputs) sum += std::int32_t{*w} * *x;
        y[o] = m.output(o, sum);
      }
  }
};

}  // namespace nn
