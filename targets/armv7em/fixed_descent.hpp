// Plain SGD of one row of 16-bit weights from sums, as that of a recurrent layer or a convolution: w ← w - rate·g, to the
// nearest.
//
//   step = round(g·mantissa / 2^dropped)    SMMULR of g·2^left and mantissa·2^(32 - dropped - left), which rounds alike
//   w ← w + floor((2^(more - 1) - step) / 2^more)    two at a time by QADD16
//
// It holds if every change fits in 15 bits, which is looked at first. Armv7-M ARM (DDI 0403), sections A7.7.149 (SMMUL), A7.7.106
// (QADD16).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "nn/number/factor.hpp"
#include "nn/number/fixed.hpp"

namespace target {

// Step: the format of a step.
template <class Step>
struct FixedDescent {
  // gradient(i): a number in fixed point, of 32 or 64 bits. False, and nothing done, if it does not hold.
  template <int WeightFraction, std::size_t Count>
  [[gnu::always_inline]] static bool row(std::array<nn::Fixed<16, WeightFraction>, Count>& w, auto gradient, float rate) {
    using Gradient = decltype(gradient(0));
    constexpr int more = Step::fraction - WeightFraction;
    static_assert(Step::bits == 32 && 1 <= more && more <= 16, "a step has 32 bits, and 1 to 16 places more than a weight");
    const nn::Factor by = nn::Factor::of(rate);
    const int dropped = Gradient::fraction + by.shift - Step::fraction;
    if (dropped < 1 || dropped > 32) return false;
    const int left = std::max(17 - dropped, 0), bits = std::min(31 - left, more + dropped - 1);
    if (!all_fit(Count, gradient, std::min(bits, 30))) return false;
    const std::int32_t factor = by.mantissa * (1 << (32 - dropped - left));
    const auto change = [&](std::size_t i) {
      std::int32_t step;
      asm("smmulr %0, %1, %2" : "=r"(step) : "r"(static_cast<std::int32_t>(gradient(i).raw) * (1 << left)), "r"(factor));
      return (1 << (more - 1)) - step;
    };
    for (std::size_t i = 0; i + 1 < Count; i += 2) {
      std::uint32_t both, changes;
      std::memcpy(&both, &w[i], sizeof both);
      asm("pkhtb %0, %1, %2, asr %3" : "=r"(changes) : "r"(change(i + 1) * (1 << (16 - more))), "r"(change(i)), "i"(more));
      asm("qadd16 %0, %0, %1" : "+r"(both) : "r"(changes) : "cc");
      std::memcpy(&w[i], &both, sizeof both);
    }
    if constexpr (Count % 2 != 0) {
      std::int32_t last = w[Count - 1].raw + (change(Count - 1) >> more);
      asm("ssat %0, #16, %0" : "+r"(last)::"cc");
      w[Count - 1].raw = static_cast<std::int16_t>(last);
    }
    return true;
  }

 private:
  // Whether each lies within [-2^bits, 2^bits).
  [[gnu::always_inline]] static bool all_fit(std::size_t count, auto gradient, int bits) {
    std::uint32_t low = 0, high = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto raised = static_cast<std::uint64_t>(std::int64_t{gradient(i).raw} + (std::int64_t{1} << bits));
      low |= static_cast<std::uint32_t>(raised);
      high |= static_cast<std::uint32_t>(raised >> 32);
    }
    return high == 0 && low >> bits < 2;
  }
};

}  // namespace target
