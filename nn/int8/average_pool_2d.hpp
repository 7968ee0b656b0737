// AveragePool2d: the mean of the codes in each window, without those that fall over the edge, rounded half away from 0.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/rows.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/kernels.hpp"

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
      for (std::int32_t c = 0; c < channels; c += 4) {
        std::int32_t sum[4];
        const std::int32_t some = channels - c < 4 ? channels - c : 4;
        if (some == 4)
          Kernels::sum_of_four(Int8Pool<Code>{corner + c, rows, columns, window.input.width * channels, channels, channels}, sum);
        else
          for (std::int32_t k = 0; k < some; ++k) sum[k] = sum_of_one(corner + c + k, rows, columns);
        for (std::int32_t k = 0; k < some; ++k) y[p * channels + c + k] = mean(sum[k], count);
      }
    }
  }

  // All rows of the input one by one (nn/graph/rows.hpp).
  constexpr bool gathers() const {
    return window.batch == 1 && window.output.height == 1 && window.kernel.height == window.input.height &&
           window.before.height == 0 && window.dilation.height == 1;
  }
  constexpr std::int32_t sum_bytes() const { return 4 * window.output.width * window.output.channels; }
  template <class Kernels>
  [[gnu::noinline]] void gather(graph::Call call, Code* y, const Code* x, graph::RowRange rows) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t count = window.output.width * channels;
    std::int32_t* sums = graph::numbers<std::int32_t>(call.state);
    if (rows.first == 0)
      sums =
          graph::fill(graph::begin_numbers<std::int32_t>(call.state, static_cast<std::size_t>(count)), count, std::int32_t{0}) -
          count;
    const bool last = rows.first + rows.rows == rows.of;
    for (std::int32_t j = 0; j < window.output.width; ++j, sums += channels) {
      const graph::Window::Taps columns = window.columns(j);
      const std::int32_t width = columns.last - columns.first;
      const Code* const corner = x + (columns.origin + columns.first) * channels;
      std::int32_t c = 0;
      const Int8Pool<Code> all{corner, rows.rows, width, window.input.width * channels, channels, channels};
      if constexpr (requires { Kernels::add_sums(all, sums); }) {
        Kernels::add_sums(all, sums);
        c = channels / 4 * 4;
      }
      for (; c + 4 <= channels; c += 4) {
        std::int32_t sum[4];
        Int8Pool<Code> four = all;
        four.x += c;
        Kernels::sum_of_four(four, sum);
        for (std::int32_t k = 0; k < 4; ++k) sums[c + k] += sum[k];
      }
      for (; c < channels; ++c) sums[c] += sum_of_one(corner + c, rows.rows, width);
      if (last)
        for (c = 0; c < channels; ++c) y[j * channels + c] = mean(sums[c], rows.of * width);
    }
  }

 private:
  constexpr Code mean(std::int32_t sum, std::int32_t count) const {
    return static_cast<Code>(clamp((sum > 0 ? sum + count / 2 : sum - count / 2) / count, range.least, range.most));
  }
  constexpr std::int32_t sum_of_one(const Code* row, std::int32_t rows, std::int32_t columns) const {
    std::int32_t sum = 0;
    for (; rows > 0; --rows, row += window.input.width * window.input.channels)
      for (std::int32_t l = 0; l < columns; ++l) sum += row[l * window.input.channels];
    return sum;
  }
};

using AveragePool2d = AveragePool2dOf<std::int8_t>;

}  // namespace nn::int8
