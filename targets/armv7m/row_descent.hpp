// RowDescent: w ← w - rate·(share·sum) of a row of 16-bit weights, which plain SGD does after a batch, on Cortex-M3 and above: 17
// instructions a weight. LSRS leaves the highest bit that it drops as the carry, which ADC adds: to the nearest, halves upwards.
// Armv7-M ARM (DDI 0403), sections A7.7.70 (LSR), A7.7.1 (ADC).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/number/factor.hpp"

namespace target {

// What a 64-bit product is brought to 32 bits by: 1 to 31 bits are dropped.
struct Share {
  std::int32_t mantissa;
  int dropped;
  // Whether no product leaves 32 bits.
  constexpr bool fits() const {
    return dropped >= 1 && dropped <= 31 && (dropped > 15 || (mantissa < 1 << dropped && mantissa > -(1 << dropped)));
  }
};

template <int More>
[[gnu::noinline]] void descend_row(std::int16_t* w, const std::int32_t* sum, std::size_t count, Share of_sum, Share of_gradient) {
  std::int32_t step, now, low, high;
  asm volatile(
      "1:\n"
      "ldr %[step], [%[sum]], #4\n"
      "ldrsh %[now], [%[w]]\n"
      "smull %[low], %[high], %[step], %[m1]\n"
      "lsl %[high], %[high], %[e1]\n"
      "lsrs %[low], %[low], %[d1]\n"
      "adc %[step], %[low], %[high]\n"
      "smull %[low], %[high], %[step], %[m2]\n"
      "lsl %[high], %[high], %[e2]\n"
      "lsrs %[low], %[low], %[d2]\n"
      "adc %[step], %[low], %[high]\n"
      "rsb %[step], %[step], #0\n"
      "asrs %[step], %[step], %[more]\n"
      "adc %[now], %[now], %[step]\n"
      "ssat %[now], #16, %[now]\n"
      "strh %[now], [%[w]], #2\n"
      "subs %[count], #1\n"
      "bne 1b"
      : [w] "+&r"(w), [sum] "+&r"(sum), [count] "+&r"(count), [step] "=&r"(step), [now] "=&r"(now), [low] "=&r"(low),
        [high] "=&r"(high)
      : [m1] "r"(of_sum.mantissa), [d1] "r"(of_sum.dropped), [e1] "r"(32 - of_sum.dropped), [m2] "r"(of_gradient.mantissa),
        [d2] "r"(of_gradient.dropped), [e2] "r"(32 - of_gradient.dropped), [more] "i"(More)
      : "cc", "memory");
}

struct RowDescent {
  // False, and nothing done, where a factor is too large or too small for that.
  template <class Arithmetic, int WeightFraction, int Fraction, std::size_t Count>
  static bool descend(std::array<nn::Fixed<16, WeightFraction>, Count>& w, const std::array<nn::Fixed<32, Fraction>, Count>& sum,
                      float share, float rate) {
    constexpr int step_fraction = Arithmetic::Moment::fraction, more = step_fraction - WeightFraction;
    const nn::Factor of_sum = nn::Factor::of(share), of_gradient = nn::Factor::of(rate);
    const Share first{of_sum.mantissa, of_sum.shift}, second{of_gradient.mantissa, Fraction + of_gradient.shift - step_fraction};
    if (!first.fits() || !second.fits()) return false;
    descend_row<more>(&w[0].raw, &sum[0].raw, Count, first, second);
    return true;
  }
};

}  // namespace target
