// Requantization of sums of 64 bits, rounded once, half up:
//
//   y = floor((x·m + 2^(14 - shift)) / 2^(15 - shift))      m = the multiplier's upper 16 bits, rounded
//
// |x| < 2^47, shift < 8. The bits are those of MultiplyByQuantizedMultiplier(int64_t …) in TensorFlow Lite's reference kernels.
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn::int16 {

using int8::Range;
using int8::Scale;

constexpr std::int32_t requantize(std::int64_t x, Scale scale) {
  const std::int32_t m = scale.multiplier < 0x7fff0000 ? (scale.multiplier + 0x8000) >> 16 : 0x7fff;
  return static_cast<std::int32_t>((((x * m) >> (14 - scale.shift)) + 1) >> 1);
}

}  // namespace nn::int16
