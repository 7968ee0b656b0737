// Rows of quantized layers as Cortex-M3 reads them: four at a time.
// One window: 9 instructions for 4 products; two: 14 for 8. Sums become codes by SMLAL, which rounds while it multiplies.
// Armv7-M ARM (DDI 0403), sections A7.7.136 (SMLAL), A7.7.152 (SSAT).
#pragma once

#include <cstdint>

#include "../armv6m/int8_four_rows.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

#if defined __OPTIMIZE__ && !defined __clang__
inline constexpr bool fourteen_registers = true;  // for one asm
#else
inline constexpr bool fourteen_registers = false;
#endif

struct Int8Quads : Int8FourRows {
  [[gnu::noinline]] static void window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    const std::uint32_t entry = static_cast<std::uint32_t>(-m.depth & 3) * 36;
    for (std::int32_t left = m.outputs; left > 0; left -= 4) {
      std::uint32_t sum[4];
      w = add(w, x, x + m.depth, entry, sum);
      Outlets outlets{m, w};
      for (std::int32_t r = 0; r < 4; ++r, outlets.next())
        if (r < left) *y++ = code(sum[r], *outlets);
      w = outlets.next_group(w);
    }
  }

  // Of two windows behind each other.
  [[gnu::noinline]] static void two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    const std::uint32_t entry = static_cast<std::uint32_t>(-m.depth & 3) * 56;
    for (std::int32_t left = m.outputs; left > 0; left -= 4) {
      std::uint32_t sum[4], next[4];
      w = add_two(w, x, m.depth, entry, sum, next);
      Outlets outlets{m, w};
      for (std::int32_t r = 0; r < 4; ++r, outlets.next()) {
        if (r >= left) continue;
        y[m.outputs] = code(next[r], *outlets);
        *y++ = code(sum[r], *outlets);
      }
      w = outlets.next_group(w);
    }
  }

  // Of the sum of a row.
  static std::int8_t code(std::uint32_t sum, const Int8Outlet& outlet) {
    const std::int32_t twice = static_cast<std::int32_t>(2 * sum);
    const std::int64_t start = std::int64_t{outlet.half_and_zero + (twice >> 31)} * (std::int64_t{1} << 32) + 0x80000000;
    std::int32_t x = static_cast<std::int32_t>((start + std::int64_t{twice} * outlet.multiplier) >> 32) >> outlet.by;
    asm("ssat %0, #8, %0" : "+r"(x)::"cc");
    return static_cast<std::int8_t>(x);
  }

 private:
  // The loops have four times the same and are entered where the rest of four is left. Return the outlets.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* x, const std::int8_t* end,
                                                       std::uint32_t entry, std::uint32_t (&sum)[4]) {
    std::uint32_t s0, s1, s2, s3, a, v;
    asm volatile(
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        "adr %[v], 2f\nadd %[v], %[entry]\nmov pc, %[v]\n"
        ".p2align 2\n"
        "2:\n"
        ".rept 4\n"
        "ldrsb %[a], [%[x]], #1\n"
        ".irp s, %[s0], %[s1], %[s2], %[s3]\n"
        "ldrsb %[v], [%[w]], #1\nmla \\s, %[v], %[a], \\s\n"
        ".endr\n"
        ".endr\n"
        "cmp %[x], %[end]\n"
        "bne 2b"
        : [x] "+&r"(x), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [a] "=&r"(a), [v] "=&r"(v)
        : [end] "r"(end), [entry] "r"(entry)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    return w;
  }
  [[gnu::always_inline]] static const std::int8_t* add_two(const std::int8_t* w, const std::int8_t* x, std::int32_t depth,
                                                           std::uint32_t entry, std::uint32_t (&sum)[4],
                                                           std::uint32_t (&next)[4]) {
    const std::int8_t* const end = x + depth;
    std::uint32_t s0, s1, s2, s3, t0, t1, t2, t3, a, b, v;
    asm volatile(
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        "mov %[t0], %[s0]\nmov %[t1], %[s1]\nmov %[t2], %[s2]\nmov %[t3], %[s3]\n"
        "ldr %[a], %[entry]\nadr %[v], 2f\nadd %[v], %[a]\nmov pc, %[v]\n"
        ".p2align 2\n"
        "2:\n"
        ".rept 4\n"
        "ldrsb.w %[b], [%[x], %[depth]]\nldrsb %[a], [%[x]], #1\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s0], %[v], %[a], %[s0]\nmla %[t0], %[v], %[b], %[t0]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s1], %[v], %[a], %[s1]\nmla %[t1], %[v], %[b], %[t1]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s2], %[v], %[a], %[s2]\nmla %[t2], %[v], %[b], %[t2]\n"
        "ldrsb %[v], [%[w]], #1\nmla %[s3], %[v], %[a], %[s3]\nmla %[t3], %[v], %[b], %[t3]\n"
        ".endr\n"
        "ldr %[a], %[end]\n"
        "cmp %[x], %[a]\n"
        "bne 2b"
        : [x] "+&r"(x), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0),
          [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "=&r"(a), [b] "=&r"(b), [v] "=&r"(v)
        : [depth] "r"(depth), [end] "m"(end), [entry] "m"(entry)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    next[0] = t0, next[1] = t1, next[2] = t2, next[3] = t3;
    return w;
  }
};

}  // namespace target
