// Int8Kernels: the inner loops of quantized layers. A target may hide them with faster ones; sums of integers wrap
// modulo 2^32, so they are exact in any order as long as the last one fits.
//
//   W  [outputs][depth]  weight       x  [depth]    one window of the input
//   b  [outputs]         bias, with the input's zero point folded in: b[o] - zero·Σ_i W[o][i]
//   y  [outputs]         the pixel of the output
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn {

// A matrix of weights, and what becomes of its sums. They are simple if, whatever the input, each lies within ±2^30 on its
// way from the bias to the end, and every scale shifts to the right.
struct Int8Rows {
  const std::int8_t* weight;
  const std::int32_t* bias;
  const int8::Scale* scale;  // one for each output, or one for all
  std::int32_t scale_step;   // 1 or 0
  std::int32_t depth;
  std::int32_t outputs;
  int8::Range range;
  bool simple;
};

// One window of a depthwise convolution: x[row·row_step + column·column_step + channel].
struct Int8Window {
  const std::int8_t* x;
  std::int32_t row_step;
  std::int32_t column_step;
};

// W [rows][columns][channels·multiplier]; output channel o reads channel o / multiplier.
struct Int8Depthwise {
  const std::int8_t* weight;
  const std::int32_t* bias;
  const int8::Scale* scale;
  std::int32_t scale_step;
  std::int32_t rows;
  std::int32_t columns;
  std::int32_t channels;
  std::int32_t multiplier;
  int8::Range range;
  bool simple;  // as above
};

struct Int8Kernels {
  static constexpr std::int8_t int8_output(std::uint32_t sum, int8::Scale scale, const int8::Range& range) {
    return int8::code(int8::requantize(static_cast<std::int32_t>(sum), scale), range);
  }

  // y = requantized W·x + b
  [[gnu::noinline]] static constexpr void int8_window(const Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.weight;
    const int8::Scale* scale = m.scale;
    for (std::int32_t o = 0; o < m.outputs; ++o, scale += m.scale_step) {
      std::uint32_t sum = static_cast<std::uint32_t>(m.bias[o]);
      for (std::int32_t i = 0; i < m.depth; ++i) sum += static_cast<std::uint32_t>(*w++ * x[i]);
      y[o] = int8_output(sum, *scale, m.range);
    }
  }

  // The same for two windows, one behind the other, whose outputs follow each other.
  [[gnu::noinline]] static constexpr void int8_two_windows(const Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.weight;
    const int8::Scale* scale = m.scale;
    for (std::int32_t o = 0; o < m.outputs; ++o, scale += m.scale_step) {
      std::uint32_t first = static_cast<std::uint32_t>(m.bias[o]);
      std::uint32_t second = first;
      for (std::int32_t i = 0; i < m.depth; ++i) {
        const std::int32_t weight = *w++;
        first += static_cast<std::uint32_t>(weight * x[i]);
        second += static_cast<std::uint32_t>(weight * x[i + m.depth]);
      }
      y[o] = int8_output(first, *scale, m.range);
      y[o + m.outputs] = int8_output(second, *scale, m.range);
    }
  }

  [[gnu::noinline]] static constexpr void int8_depthwise(const Int8Depthwise& m, Int8Window window, std::int8_t* y) {
    const std::int32_t outputs = m.channels * m.multiplier;
    const int8::Scale* scale = m.scale;
    std::int32_t o = 0;
    for (std::int32_t c = 0; c < m.channels; ++c)
      for (std::int32_t k = 0; k < m.multiplier; ++k, ++o, scale += m.scale_step) {
        std::uint32_t sum = static_cast<std::uint32_t>(m.bias[o]);
        const std::int8_t* w = m.weight + o;
        const std::int8_t* row = window.x + c;
        for (std::int32_t i = 0; i < m.rows; ++i, row += window.row_step) {
          const std::int8_t* x = row;
          for (std::int32_t j = 0; j < m.columns; ++j, x += window.column_step, w += outputs) sum += static_cast<std::uint32_t>(*w * *x);
        }
        y[o] = int8_output(sum, *scale, m.range);
      }
  }
};

}  // namespace nn
