// Softmax: y = e^(x - max) / Σ e^(x - max) over the last dimension, from two tables with linear interpolation, each of 513
// numbers in Q15: e^v of v in [-10, 0], and 1 / (1 + v) of v in [0, 1]. The scale of y is 1/32768.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int16 {

struct Softmax {
  static constexpr std::string_view kind = "Softmax";

  std::int32_t rows;
  std::int32_t classes;  // at most 65535
  int8::Scale scale;     // of the logits, with beta, to 65535 for 10
  const std::int16_t* exponential;
  const std::int16_t* reciprocal;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("classes", classes);
    list("scale", scale);
    list("exponential", graph::listed(exponential, 513));
    list("reciprocal", graph::listed(reciprocal, 513));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int16_t* y, const std::int16_t* x) const {
    for (std::int32_t r = 0; r < rows; ++r, x += classes, y += classes) {
      std::int32_t largest = x[0];
      for (std::int32_t c = 1; c < classes; ++c)
        if (x[c] > largest) largest = x[c];
      std::int32_t sum = 0;  // Q15
      for (std::int32_t c = 0; c < classes; ++c) {
        y[c] = static_cast<std::int16_t>(interpolated(exponential, int8::requantize(x[c] - largest, scale) + 32767));
        sum += y[c];
      }
      // sum = (1 + v)·2^exponent in Q15
      const int zeros = std::countl_zero(static_cast<std::uint32_t>(sum));
      const std::int64_t one_plus_v = ((std::int64_t{sum} << (zeros - 1)) + (1 << 13)) >> 14;  // Q16
      const std::int32_t factor = interpolated(reciprocal, static_cast<std::int32_t>(one_plus_v) - (1 << 16) - (1 << 15));
      const int right = 31 - zeros;
      for (std::int32_t c = 0; c < classes; ++c)
        y[c] = static_cast<std::int16_t>(int8::clamp((y[c] * factor + (1 << (right - 1))) >> right, 0, 32767));
    }
  }

 private:
  // At position / 128 from the middle of the table on.
  static constexpr std::int32_t interpolated(const std::int16_t* table, std::int32_t position) {
    position = int8::clamp(position, -32768, 32767);
    const std::int16_t* const at = table + 256 + (position >> 7);
    return at[0] + (((at[1] - at[0]) * (position & 127) + 64) >> 7);
  }
};

}  // namespace nn::int16
