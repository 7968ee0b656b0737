// LogSoftmax: y = x - max - log Σ e^(x - max) over the last dimension, in the fixed-point arithmetic of TensorFlow Lite. The
// scale of y is 1/16 and its zero point 127.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/logarithm.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct LogSoftmax {
  static constexpr std::string_view kind = "LogSoftmax";

  std::int32_t rows;
  std::int32_t classes;  // at most 4095: beyond, a sum of equal logits does not fit
  Scale scale;           // of the logits to Q5; its shift is at least 0
  Scale back;            // from Q5 to logits
  std::int32_t least_difference;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("classes", classes);
    list("scale", scale);
    list("back", back);
    list("least_difference", least_difference);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t r = 0; r < rows; ++r, x += classes, y += classes) {
      std::int32_t largest = -128;
      for (std::int32_t c = 0; c < classes; ++c)
        if (x[c] > largest) largest = x[c];
      std::int32_t sum = 0;  // Q12
      for (std::int32_t c = 0; c < classes; ++c)
        if (x[c] - largest >= least_difference) sum += rounded_shift(exp_of_negative<5>(requantize(x[c] - largest, scale)), 12);
      const std::int32_t logarithm = log_of_one_or_more(sum);
      const std::int32_t lowest = requantize(logarithm - 0x7fffffff - 1, back);
      const std::int32_t least = lowest > least_difference - 1 ? lowest : least_difference - 1;
      for (std::int32_t c = 0; c < classes; ++c) {
        const std::int32_t difference = x[c] - largest;
        y[c] = difference > least ? output(std::int64_t{requantize(difference, scale)} - logarithm) : std::int8_t{-128};
      }
    }
  }

 private:
  // Of a number in Q5 that is at most 0.
  static constexpr std::int8_t output(std::int64_t x) {
    constexpr int by = 22;
    return code(static_cast<std::int32_t>((x + (std::int64_t{1} << (by - 1)) - 1) >> by), {.zero = 127});
  }
};

}  // namespace nn::int8
