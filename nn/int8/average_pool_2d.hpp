// AveragePool2d: the mean of the codes in each window, without those that fall over the edge, rounded half away from 0.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Code>
struct AveragePool2dOf {
  static constexpr std::string_view kind = "AveragePool2d";

  graph::Window window;
  Range range;  // zero is not used: input and output have the same scale

  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, Code* y, const Code* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      const std::int32_t columns = at.columns.last - at.columns.first;
      const std::int32_t rows = at.rows.last - at.rows.first;
      const std::int32_t count = rows * columns;
      const Code* const corner = x + window.pixel(at, at.rows.first, at.columns.first) * channels;
      for (std::int32_t c = 0; c < channels;) {
        std::int32_t sum[4];
        const std::int32_t end = channels - c < 4 ? c + 1 : c + 4;
        if (end == c + 4)
          add<4>(corner + c, rows, columns, sum);
        else
          add<1>(corner + c, rows, columns, sum);
        for (const std::int32_t* s = sum; c < end; ++c, ++s) {
          const std::int32_t mean = (*s > 0 ? *s + count / 2 : *s - count / 2) / count;
          y[p * channels + c] = static_cast<Code>(clamp(mean, range.least, range.most));
        }
      }
    }
  }

 private:
  // The sums of some channels that lie side by side.
  template <int Channels>
  constexpr void add(const Code* row, std::int32_t rows, std::int32_t columns, std::int32_t (&sum)[4]) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t to_next_row = (window.input.width - columns) * channels;
    std::int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    for (; rows > 0; --rows, row += to_next_row)
      for (std::int32_t left = columns; left > 0; --left, row += channels) {
        s0 += row[0];
        if constexpr (Channels == 4) {
          s1 += row[1];
          s2 += row[2];
          s3 += row[3];
        }
      }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
  }
};

using AveragePool2d = AveragePool2dOf<std::int8_t>;

}  // namespace nn::int8
