// Int8DepthwiseKernels: windows of a depthwise convolution.
#pragma once

#include <cstdint>

#include "nn/int8/output.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/int8/rounding.hpp"

namespace nn {

// One window of a depthwise convolution: x[row·row_step + column·column_step + channel].
struct Int8Window {
  const std::int8_t* x;
  std::int32_t row_step;
  std::int32_t column_step;
};

// Its weights W [rows][columns][channels·multiplier] and what becomes of the sums; output channel o reads channel o / multiplier.
// bias, scale, simple and laid_out: as of Int8Rows (nn/int8/rows.hpp).
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
  bool simple;
  const std::int8_t* laid_out = nullptr;
};
using Int8Depthwise = Int8DepthwiseOf<int8::Reference>;

struct Int8DepthwiseKernels {
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
};

}  // namespace nn
