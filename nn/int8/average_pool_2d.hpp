// AveragePool2d: the mean of the codes in each window, without those that fall over the edge, rounded half away from 0.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/requantize.hpp"
#include "nn/int8/window.hpp"

namespace nn::int8 {

template <class Code>
struct AveragePool2dOf {
  static constexpr std::string_view kind = "AveragePool2d";

  Window window;
  Range range;  // zero is not used: input and output have the same scale

  constexpr Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(Code)); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call call, Code* y, const Code* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const Window::Place at = window.place(p);
      const std::int32_t rows = at.rows.last - at.rows.first;
      const std::int32_t columns = at.columns.last - at.columns.first;
      const std::int32_t count = rows * columns;
      const Code* const corner = x + window.pixel(at, at.rows.first, at.columns.first) * channels;
      for (std::int32_t c = 0; c < channels; ++c) {
        std::int32_t sum = 0;
        const Code* row = corner + c;
        for (std::int32_t i = 0; i < rows; ++i, row += window.input.width * channels)
          for (std::int32_t j = 0; j < columns; ++j) sum += row[j * channels];
        const std::int32_t mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
        y[p * channels + c] = static_cast<Code>(clamp(mean, range.least, range.most));
      }
    }
  }
};

using AveragePool2d = AveragePool2dOf<std::int8_t>;

}  // namespace nn::int8
