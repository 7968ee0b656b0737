// Sums of quantized matrices that stay sums, as gates of recurrent layers want them: a vector is widened once for several
// matrices (int8_rows.hpp has how), and sums are scaled and added without a way through memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Sums {
  // Words of four codes, each widened to two.
  [[gnu::noinline]] static void widen(const std::int8_t* x, std::int32_t words, std::byte* wide) {
    for (; words > 0; --words) {
      std::uint32_t even, odd;
      asm volatile(
          "ldr %[odd], [%[x]], #4\n"
          "sxtb16 %[even], %[odd]\n"
          "sxtb16 %[odd], %[odd], ror #8\n"
          "strd %[even], %[odd], [%[wide]], #8"
          : [x] "+&r"(x), [wide] "+&r"(wide), [even] "=&r"(even), [odd] "=&r"(odd)
          :
          : "memory");
    }
  }

  // Sums of at least four rows, whose weights are a multiple of four, four rows at a time, with a vector that was widened. Rows
  // that are left are added once more with those before them.
  [[gnu::noinline]] static void sums(const nn::Int8Matrix& m, const std::byte* wide, std::int32_t* sum) {
    add_rows(m.weight, m.bias, m.depth, m.outputs / 4, wide, sum);
    if (const std::int32_t first = m.outputs - 4; m.outputs % 4 != 0)
      add_rows(m.weight + first * m.depth, m.bias + first, m.depth, 1, wide, sum + first);
  }

  // x below 2^30, a shift to the right by two bits or more: a second SMMULR, by 2^(32 - bits), rounds halves up, and away from 0
  // of what is less by one where it is negative.
  static std::int32_t scaled(std::int32_t x, std::int32_t multiplier, std::int32_t bits_as_factor) {
    asm("smmulr %0, %1, %2" : "=r"(x) : "r"(2 * x), "r"(multiplier));
    asm("smmulr %0, %1, %2" : "=r"(x) : "r"(x + (x >> 31)), "r"(bits_as_factor));
    return x;
  }
  static std::int32_t as_factor(std::int32_t shift) { return 1 << (32 + shift); }
  template <int Bits>
  static std::int32_t within(std::int32_t x) {
    asm("ssat %0, %1, %0" : "+r"(x) : "I"(Bits) : "cc");
    return x;
  }

  // Of simple sums.
  static void add_scaled(const nn::Int8TwoSums& m, std::int32_t count, auto store) {
    const std::int32_t a_bits = as_factor(m.a_scale.shift), b_bits = as_factor(m.b_scale.shift), a_by = m.a_scale.multiplier,
                       b_by = m.b_scale.multiplier;
    for (std::int32_t i = 0; i < count; ++i)
      store(i, within<16>(within<16>(scaled(m.a[i], a_by, a_bits)) + within<16>(scaled(m.b[i], b_by, b_bits))));
  }

 private:
  // `groups` of four rows. The loop begins in its middle where the words of a row are odd in number.
  [[gnu::always_inline]] static void add_rows(const std::int8_t* w, const std::int32_t* bias, std::int32_t depth,
                                              std::int32_t groups, const std::byte* wide, std::int32_t* sum) {
    struct {
      const std::byte *wide, *end;
      const std::int32_t* bias;
      std::int32_t* sum;
      std::int32_t groups;
    } all{wide, wide + 2 * depth, bias, sum, groups};
    std::int32_t s0, s1, s2, s3;
    std::uint32_t a, a_even, v, v_even;
    const std::byte* x;
    asm volatile(
        ".macro row sum, from\nldr %[v], \\from\nsxtb16 %[ve], %[v]\nsxtb16 %[v], %[v], ror #8\n"
        "smlad \\sum, %[ve], %[ae], \\sum\nsmlad \\sum, %[v], %[a], \\sum\n.endm\n"
        "3:\n"
        "ldr %[v], [%[all], #8]\n"
        "ldrd %[s0], %[s1], [%[v]], #8\nldrd %[s2], %[s3], [%[v]], #8\n"
        "str %[v], [%[all], #8]\n"
        "ldr %[x], [%[all]]\n"
        "tst %[depth], #4\n"
        "bne 2f\n"
        ".irp half, 1, 2\n"
        "\\half:\n"
        "ldrd %[ae], %[a], [%[x]], #8\n"
        "row %[s1], \"[%[w], %[depth]]\"\n"
        "row %[s2], \"[%[w], %[depth], lsl #1]\"\n"
        "row %[s3], \"[%[w], %[three]]\"\n"
        "row %[s0], \"[%[w]], #4\"\n"
        ".endr\n"
        ".purgem row\n"
        "ldr %[v], [%[all], #4]\n"
        "cmp %[x], %[v]\n"
        "bne 1b\n"
        "ldrd %[v], %[a], [%[all], #12]\n"
        "strd %[s0], %[s1], [%[v]], #8\nstrd %[s2], %[s3], [%[v]], #8\n"
        "add %[w], %[three]\n"
        "subs %[a], #1\n"
        "strd %[v], %[a], [%[all], #12]\n"
        "bne 3b"
        : [x] "=&r"(x), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [a] "=&r"(a),
          [ae] "=&r"(a_even), [v] "=&r"(v), [ve] "=&r"(v_even)
        : [depth] "r"(depth), [three] "r"(3 * depth), [all] "r"(&all)
        : "cc", "memory");
  }
};

}  // namespace target
