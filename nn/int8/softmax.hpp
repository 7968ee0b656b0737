// Softmax: y = e^(x - max) / Σ e^(x - max) over the last dimension, in the fixed-point arithmetic of TensorFlow Lite.
// The scale of y is 1/256 and its zero point -128; or, of int16, 1/65536 and -32768.
//
// Logits that lie so far below the largest that `least_difference` is passed get the least code. At most 511 equal logits:
// beyond, the reference stops.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/exponential.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Code>
struct SoftmaxTo {
  static constexpr std::string_view kind = "Softmax";

  std::int32_t rows;
  std::int32_t classes;
  Scale scale;  // of the logits, with beta; its shift is at least 0
  std::int32_t least_difference;

  constexpr graph::Overlap overlap(int) const { return sizeof(Code) == 1 ? graph::in_place : graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("classes", classes);
    list("scale", scale);
    list("least_difference", least_difference);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Code* y, const std::int8_t* x) const {
    std::int32_t kept[most_kept];  // e to the differences of the first classes
    for (std::int32_t r = 0; r < rows; ++r, x += classes, y += classes) {
      std::int32_t largest = -128;
      for (std::int32_t c = 0; c < classes; ++c)
        if (x[c] > largest) largest = x[c];
      std::int32_t sum = 0;  // Q12
      for (std::int32_t c = 0; c < classes; ++c) {
        const std::int32_t e = x[c] - largest >= least_difference ? exponential(x[c] - largest) : 0;
        if (c < most_kept) kept[c] = e;
        sum += rounded_shift(e, 12);
      }
      const int zeros = std::countl_zero(static_cast<std::uint32_t>(sum));
      const std::uint32_t fraction = (static_cast<std::uint32_t>(sum) << zeros) - 0x80000000u;
      const std::int32_t reciprocal = saturated_shift(twice_reciprocal_of_one_plus(static_cast<std::int32_t>(fraction)), 1);
      const std::int32_t by = 12 - zeros + 31 - bits;
      for (std::int32_t c = 0; c < classes; ++c) {
        std::int32_t output = least;
        if (x[c] - largest >= least_difference)
          output += rounded_shift(doubling_high_product(reciprocal, c < most_kept ? kept[c] : exponential(x[c] - largest)), by);
        y[c] = static_cast<Code>(clamp(output, least, -least - 1));
      }
    }
  }

 private:
  static constexpr std::int32_t most_kept = 32;
  static constexpr int bits = 8 * sizeof(Code);
  static constexpr std::int32_t least = std::numeric_limits<Code>::min();

  [[gnu::noinline]] constexpr std::int32_t exponential(std::int32_t difference) const {
    const std::uint32_t shifted = static_cast<std::uint32_t>(difference) << scale.shift;
    return exp_of_negative<5>(doubling_high_product(static_cast<std::int32_t>(shifted), scale.multiplier));
  }
};

using Softmax = SoftmaxTo<std::int8_t>;

}  // namespace nn::int8
