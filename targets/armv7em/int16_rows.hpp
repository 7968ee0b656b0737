// Rows of int8 on codes of int16 with the DSP instructions of Cortex-M4, M7 and M33: two products an instruction. Armv7-M ARM
// (DDI 0403), sections A7.7.196 (SXTB16), A7.7.138 (SMLAD), A7.7.93 (PKHBT, PKHTB).
//
// A word of four weights w0 … w3 is widened to two, which hold w0 and w2, and w1 and w3; four codes of x are paired alike, once
// for four rows. Like the loops of int8_rows.hpp, this one takes thirteen registers.
#pragma once

#include <cstdint>

#include "int8_rows.hpp"
#include "nn/int16/kernels.hpp"

namespace target {

struct Int16Dsp {
  [[gnu::noinline]] static void window(const nn::Int16Rows& m, const std::int16_t* x, std::int16_t* y) {
    nn::Int16Kernels::int16_rows(m, x, y, add_four_rows);
  }

 private:
  // nn::Int16Kernels::int16_add_four_rows. At most 256 products.
  [[gnu::always_inline]] static void add_four_rows(const std::int8_t* w, std::int32_t second, std::int32_t third,
                                                   std::int32_t fourth, const std::int16_t* x, std::int32_t count,
                                                   std::int64_t (&sum)[4]) {
    std::int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    const std::int16_t* const end = x + (count & ~3);
    if (x != end) {
      std::uint32_t a, even, odd, v_even;
      asm volatile(
          "1:\n"
          "ldr %[a], [%[x]], #4\n"
          "ldr %[o], [%[x]], #4\n"
          "pkhbt %[e], %[a], %[o], lsl #16\n"
          "pkhtb %[o], %[o], %[a], asr #16\n"
          "ldr %[a], [%[w], %[second]]\n"
          "sxtb16 %[ve], %[a]\n"
          "sxtb16 %[a], %[a], ror #8\n"
          "smlad %[s1], %[ve], %[e], %[s1]\n"
          "smlad %[s1], %[a], %[o], %[s1]\n"
          "ldr %[a], [%[w], %[third]]\n"
          "sxtb16 %[ve], %[a]\n"
          "sxtb16 %[a], %[a], ror #8\n"
          "smlad %[s2], %[ve], %[e], %[s2]\n"
          "smlad %[s2], %[a], %[o], %[s2]\n"
          "ldr %[a], [%[w], %[fourth]]\n"
          "sxtb16 %[ve], %[a]\n"
          "sxtb16 %[a], %[a], ror #8\n"
          "smlad %[s3], %[ve], %[e], %[s3]\n"
          "smlad %[s3], %[a], %[o], %[s3]\n"
          "ldr %[a], [%[w]], #4\n"
          "sxtb16 %[ve], %[a]\n"
          "sxtb16 %[a], %[a], ror #8\n"
          "smlad %[s0], %[ve], %[e], %[s0]\n"
          "smlad %[s0], %[a], %[o], %[s0]\n"
          "ldr %[a], %[end]\n"
          "cmp %[x], %[a]\n"
          "bne 1b"
          : [x] "+&r"(x), [w] "+&r"(w), [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [a] "=&r"(a),
            [e] "=&r"(even), [o] "=&r"(odd), [ve] "=&r"(v_even)
          : [second] "r"(second), [third] "r"(third), [fourth] "r"(fourth), [end] "m"(end)
          : "cc", "memory");
    }
    for (std::int32_t left = count & 3; left > 0; --left, ++x, ++w) {
      s0 += *w * *x;
      s1 += w[second] * *x;
      s2 += w[third] * *x;
      s3 += w[fourth] * *x;
    }
    sum[0] += s0;
    sum[1] += s1;
    sum[2] += s2;
    sum[3] += s3;
  }
};

}  // namespace target
