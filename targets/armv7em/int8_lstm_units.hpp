// The cells of an LSTM on the DSP instructions of Cortex-M4, M7 and M33.
#pragma once

#include <cstdint>

#include "int8_gate_curve.hpp"

namespace target {

struct Int8LstmUnits {
  // c = f·c + i·g of as many units, within the clip.
  [[gnu::noinline]] static void cells(const std::int16_t* i, const std::int16_t* f, const std::int16_t* g, std::int32_t units,
                                      std::int32_t by, std::int32_t clip, std::int16_t* c) {
    const std::int32_t half = 1 << (by - 1), least = -clip;
    for (std::int16_t* const end = c + units; c != end; ++c) {
      const std::int32_t added = saturated<16>(halved(*i++ * *g++ + 1, half) >> by);
      const std::int32_t cell = saturated<16>(added + (halved(*f++ * *c + 1, 1 << 13) >> 14));
      *c = static_cast<std::int16_t>(cell < least ? least : cell < clip ? cell : clip);
    }
  }

  // y = o·tanh(c)
  [[gnu::noinline]] static void outputs(const auto& m, const std::int32_t* curve, const std::int16_t* o, const std::int16_t* c,
                                        std::int8_t* y) {
    Int8GateCurve<8> tanh{curve};
    const std::int32_t factor = m.cell_input.multiplier, by = m.cell_input.shift, rounding = by > 0 ? 1 << (by - 1) : 0;
    const std::int32_t multiplier = m.output_scale.multiplier, to_output = -m.output_scale.shift, zero = m.zero;
    const std::int32_t half = 1 << (to_output - 1);
    for (const std::int16_t* const end = c + m.shape.units; c != end;) {
      const std::int32_t x = (tanh((*c++ * factor + rounding) >> by) >> tanh.shift) * *o++;
      std::int32_t output = plus_sign(half, x);
      asm("smmlar %0, %1, %2, %0" : "+r"(output) : "r"(2 * x), "r"(multiplier));
      *y++ = static_cast<std::int8_t>(saturated<8>((output >> to_output) + zero));
    }
  }

 private:
  // Of x + 1: x·2^30, rounded twice, but for the shift.
  [[gnu::always_inline]] static std::int32_t halved(std::int32_t x, std::int32_t half) { return plus_sign(half, x) + (x >> 1); }
};

}  // namespace target
