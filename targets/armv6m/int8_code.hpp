// How simple sums of quantized layers become codes on Cortex-M0, which multiplies to 32 bits alone: the high word of a product is
// put together from four of halves.
#pragma once

#include <cstdint>

#include "../armv7em/int8_outlet.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

// floor((a·b + 2^31) / 2^32), b >= 0.
[[gnu::always_inline]] inline std::int32_t rounded_high_word(std::int32_t a, std::int32_t b) {
  const std::int32_t a_high = a >> 16, b_high = b >> 16;
  const std::uint32_t a_low = static_cast<std::uint32_t>(a) & 0xffffu, b_low = static_cast<std::uint32_t>(b) & 0xffffu;
  const std::uint32_t middle = a_low * static_cast<std::uint32_t>(b_high) + (a_low * b_low >> 16) + 0x8000u;  // below 2^32
  const std::int32_t rest = a_high * static_cast<std::int32_t>(b_low) + static_cast<std::int32_t>(middle & 0xffffu);
  return a_high * b_high + (rest >> 16) + static_cast<std::int32_t>(middle >> 16);
}

// As nn::int8::Reference rounds. A sum that is negative and becomes 0 is taken for negative, which changes nothing.
inline std::int8_t code(std::uint32_t sum, const Int8Outlet& outlet) {
  const std::int32_t twice = static_cast<std::int32_t>(2 * sum);
  const std::int32_t x = (rounded_high_word(twice, outlet.multiplier) + outlet.half_and_zero + (twice >> 31)) >> outlet.by;
  return static_cast<std::int8_t>(nn::int8::clamp(x, -128, 127));
}

}  // namespace target
