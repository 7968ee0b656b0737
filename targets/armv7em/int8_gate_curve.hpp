// The functions of the gates of a recurrent layer on the DSP instructions of Cortex-M4, M7 and M33: two of 16 bits to a word.
// Bits of nn/int16/sigmoid.hpp: a word of the curve (int8_gate_layout.hpp) times (position, 2^bits) by SMLAD, 7 instructions a
// value and two to pack a pair.
#pragma once

#include <cstdint>

namespace target {

template <int Bits>
[[gnu::always_inline]] inline std::int32_t saturated(std::int32_t x) {
  asm("ssat %0, %1, %0" : "+r"(x) : "I"(Bits) : "cc");
  return x;
}

// The sum of a constant and the sign of x, -1 or 0: one instruction, if the constant stays in a register.
[[gnu::always_inline]] inline std::int32_t plus_sign(std::int32_t constant, std::int32_t x) {
  asm("add %0, %1, %2, asr #31" : "=r"(x) : "r"(constant), "r"(x));
  return x;
}

// Bits: 9 for the logistic function, 8 for tanh. The curve's values lack 2^15, which is what tanh wants.
template <int Bits>
class Int8GateCurve {
 public:
  explicit Int8GateCurve(const std::int32_t* of)
      : curve{of}, places{1 << (16 + Bits)}, rounding{Bits == 9 ? (1 << 24) + 512 : 128} {}

  // y of v = 12288 times the real input, times 2^shift.
  [[gnu::always_inline]] std::int32_t operator()(std::int32_t v) {
    if (Bits == 8) asm("ssat %0, #17, %0" : "+r"(v)::"cc");
    asm("bfi %0, %1, #0, %2" : "+r"(places) : "r"(v), "i"(Bits));
    std::int32_t y = plus_sign(rounding, v);
    asm("smlad %0, %1, %2, %0" : "+r"(y) : "r"(curve[v >> Bits]), "r"(places));
    return y;
  }
  static constexpr int shift = Bits == 9 ? 10 : 8;

  // Of an even number of pairs of sums, in place.
  [[gnu::always_inline]] void over(std::uint32_t* pairs, const std::uint32_t* end) {
    for (; pairs != end; pairs += 2) {
      pairs[0] = pair(pairs[0]);
      pairs[1] = pair(pairs[1]);
    }
  }

 private:
  [[gnu::always_inline]] std::uint32_t pair(std::uint32_t sums) {
    std::int32_t first, second;
    asm("smulbb %0, %1, %2" : "=r"(first) : "r"(sums), "r"(3));
    asm("smultb %0, %1, %2" : "=r"(second) : "r"(sums), "r"(3));
    first = (*this)(first);
    second = (*this)(second) * (1 << (16 - shift));
    asm("pkhtb %0, %1, %2, asr %3" : "=r"(sums) : "r"(second), "r"(first), "i"(shift));
    return sums;
  }

  const std::int32_t* curve;
  std::int32_t places;
  std::int32_t rounding;
};

}  // namespace target
