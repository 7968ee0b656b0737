// The functions of the gates and the cells of an LSTM on the DSP instructions of Cortex-M4, M7 and M33: two of 16 bits to a word.
// Bits of nn/int16/sigmoid.hpp: a word of the curve times (position, 2^bits) by SMLAD, 7 instructions a value and two to pack a
// pair.
#pragma once

#include <cstdint>

#include "int8_lstm_layout.hpp"

namespace target {

// The sum of a constant and the sign of x, -1 or 0: one instruction, if the constant stays in a register.
[[gnu::always_inline]] inline std::int32_t plus_sign(std::int32_t constant, std::int32_t x) {
  asm("add %0, %1, %2, asr #31" : "=r"(x) : "r"(constant), "r"(x));
  return x;
}

// Bits: 9 for the logistic function, 8 for tanh. The curve's values lack 2^15, which is what tanh wants.
template <int Bits>
class Int8LstmCurve {
 public:
  explicit Int8LstmCurve(const std::int32_t* of)
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

struct Int8LstmUnits {
  // c = f·c + i·g of as many units, within the clip.
  [[gnu::noinline]] static void cells(const std::int16_t* i, const std::int16_t* f, const std::int16_t* g, std::int32_t units,
                                      std::int32_t by, std::int32_t clip, std::int16_t* c) {
    const std::int32_t half = 1 << (by - 1), least = -clip;
    for (std::int16_t* const end = c + units; c != end; ++c) {
      const std::int32_t added = within<16>(halved(*i++ * *g++ + 1, half) >> by);
      const std::int32_t cell = within<16>(added + (halved(*f++ * *c + 1, 1 << 13) >> 14));
      *c = static_cast<std::int16_t>(cell < least ? least : cell < clip ? cell : clip);
    }
  }

  // y = o·tanh(c)
  [[gnu::noinline]] static void outputs(const auto& m, const std::int32_t* curve, const std::int16_t* o, const std::int16_t* c,
                                        std::int8_t* y) {
    Int8LstmCurve<8> tanh{curve};
    const std::int32_t factor = m.cell_input.multiplier, by = m.cell_input.shift, rounding = by > 0 ? 1 << (by - 1) : 0;
    const std::int32_t multiplier = m.output_scale.multiplier, to_output = -m.output_scale.shift, zero = m.zero;
    const std::int32_t half = 1 << (to_output - 1);
    for (const std::int16_t* const end = c + m.shape.units; c != end;) {
      const std::int32_t x = (tanh((*c++ * factor + rounding) >> by) >> tanh.shift) * *o++;
      std::int32_t output = plus_sign(half, x);
      asm("smmlar %0, %1, %2, %0" : "+r"(output) : "r"(2 * x), "r"(multiplier));
      *y++ = static_cast<std::int8_t>(within<8>((output >> to_output) + zero));
    }
  }

 private:
  // Of x + 1: x·2^30, rounded twice, but for the shift.
  [[gnu::always_inline]] static std::int32_t halved(std::int32_t x, std::int32_t half) { return plus_sign(half, x) + (x >> 1); }
  template <int Bits>
  [[gnu::always_inline]] static std::int32_t within(std::int32_t x) {
    asm("ssat %0, %1, %0" : "+r"(x) : "I"(Bits) : "cc");
    return x;
  }
};

}  // namespace target
