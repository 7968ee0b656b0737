// How sums of quantized layers become codes on Cortex-M3: simple ones (nn::Int8Rows::simple) by SMULL and SSAT.
// Armv7-M ARM (DDI 0403), sections A7.7.149, A7.7.152.
#pragma once

#include <cstdint>

#include "../armv6m/int8_clamp.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Output {
  const nn::int8::Range& range;
  std::int32_t twice_zero_and_half;
  bool simple;

  Int8Output(const nn::int8::Range& codes, bool simple_sums)
      : range{codes}, twice_zero_and_half{2 * codes.zero + 1}, simple{simple_sums} {}

  std::int8_t operator()(std::uint32_t sum, const nn::int8::Scale& scale) const {
    if (!simple) [[unlikely]] return any(sum, scale, range);
    // The high word of 2·sum·multiplier, rounded: doubling_high_product of sum.
    const std::int64_t product = std::int64_t{static_cast<std::int32_t>(2 * sum)} * scale.multiplier;
    std::int32_t x =
        static_cast<std::int32_t>(product >> 32) + static_cast<std::int32_t>(static_cast<std::uint32_t>(product) >> 31);
    x = (((x + (x >> 31)) >> ~scale.shift) + twice_zero_and_half) >> 1;
    asm("ssat %0, #8, %0" : "+r"(x)::"cc");
    return static_cast<std::int8_t>(x);
  }
  void clamp(std::int8_t* y, std::int32_t count) const { target::clamp(y, count, range); }

  [[gnu::noinline]] static std::int8_t any(std::uint32_t sum, const nn::int8::Scale& scale, const nn::int8::Range& range) {
    return nn::Int8Output{range, false}(sum, scale);
  }
};

}  // namespace target
