// Two windows on rows as int8_pairs.hpp has them, four rows at a time: 12 instructions for 16 products. The windows' codes are
// widened before (int8_widen.hpp) and lie two by two in turn, so that one LDRD loads those of both.
#pragma once

#include <cstring>
#include <type_traits>

#include "int8_paired_rows.hpp"

namespace target {

// Of a group: [pair of rows][window].
struct Int8WindowSums {
  std::uint32_t all[4];
  std::uint32_t even[4];
};

// A part of two windows: `fours` of codes, `skipped` before them. Between the parts of two windows `sums` keeps a place for each
// group.
struct Int8Part {
  const std::int8_t* groups;
  std::int32_t group_bytes;
  std::int32_t outputs;
  const std::int32_t* x;
  std::int32_t fours;
  std::int32_t skipped;
  Int8WindowSums* sums;
  bool first;
  bool last;
};

struct Int8PairedWindows {
  // y, y_next: the outputs of the two windows.
  template <class Rounding>
  [[gnu::noinline]] static void run(const Int8Part& part, std::int8_t* y, std::int8_t* y_next) {
    const Loop loop{part.x, static_cast<std::uint32_t>(-part.fours & 3) * bytes_of_four, part.x + 4 * part.fours, part.last,
                    part.first};
    const std::int8_t* group = part.groups + 8 + 16 * part.skipped;
    Int8WindowSums* kept = part.sums;
    for (std::int32_t left = part.outputs; left > 0; left -= 4, group += part.group_bytes, ++kept) {
      Int8WindowSums sums;
      add<Rounding>(group, loop, kept, sums);
      if (!part.last) {
        *kept = sums;
        continue;
      }
      y = write(sums.even[0], left, y);
      y_next = write(sums.even[1], left, y_next);
    }
  }

 private:
  static constexpr std::uint32_t bytes_of_four = 96;  // of code

  struct Loop {
    const std::int32_t* x;
    std::uint32_t entry;
    const std::int32_t* end;
    std::int32_t last, first;
  };

  // Those of four codes that are left.
  [[gnu::always_inline]] static std::int8_t* write(std::uint32_t codes, std::int32_t left, std::int8_t* y) {
    if (left >= 4) [[likely]] {
      std::memcpy(y, &codes, 4);
    } else {
      for (std::int32_t r = 0; r < left; ++r) y[r] = static_cast<std::int8_t>(codes >> (8 * r));
    }
    return y + 4;
  }

  // From the biases on, which stand before the weights, or from sums that were kept. The loop has four times the same and is
  // entered where the rest of four is left. Behind the last part the sums of two rows become codes as Int8Outlet has it; even[0]
  // and even[1] are then the four codes of the two windows.
  template <class Rounding>
  [[gnu::always_inline]] static void add(const std::int8_t* w, const Loop& loop, const Int8WindowSums* kept,
                                         Int8WindowSums& sums) {
    std::uint32_t s0, s1, s2, s3, t0, t1, t2, t3, x, b, u, v;
    const Int8WindowSums* a = kept;
    asm volatile(
        ".macro codes p, q\n"
        "ldrd %[a], %[b], [%[w]], #8\nldr %[v], [%[w]], #4\n"
        "add %[x], %[b], \\p, asr #31\nadd %[b], %[b], \\q, asr #31\nsmmlar \\p, \\p, %[a], %[x]\nsmmlar \\q, \\q, %[a], %[b]\n"
        "asr \\p, %[v]\nasr \\q, %[v]\nssat \\p, #8, \\p\nssat \\q, #8, \\q\n"
        ".endm\n"
        ".if %c[in_float]\n"
        ".macro two_rows s, z, t, u\n"
        "ldr %[a], [%[w]], #4\nsub \\s, \\s, \\t\nsub \\z, \\z, \\u\nvmov s12, s13, \\t, \\u\n"
        "add \\s, %[a], \\s, asr #7\nadd \\z, %[a], \\z, asr #7\nvcvt.f32.s32 s12, s12\nvcvt.f32.s32 s13, s13\n"
        "vldr s10, [%[w]]\nldr %[v], [%[w], #4]\nvldr s11, [%[w], #8]\nadd %[w], #16\nvmov s14, s15, \\s, \\z\n"
        "vmul.f32 s12, s12, s10\nvmul.f32 s13, s13, s10\nvcvt.f32.s32 s14, s14, #1\nvcvt.f32.s32 s15, s15, #1\n"
        "vcvtr.s32.f32 s12, s12\nvcvtr.s32.f32 s13, s13\nvmul.f32 s14, s14, s11\nvmul.f32 s15, s15, s11\n"
        "vmov \\t, \\u, s12, s13\nvcvtr.s32.f32 s14, s14\nvcvtr.s32.f32 s15, s15\n"
        "qadd \\t, \\t, %[v]\nqadd \\u, \\u, %[v]\nssat \\t, #8, \\t\nssat \\u, #8, \\u\nvmov \\s, \\z, s14, s15\n"
        "qadd \\s, \\s, %[v]\nqadd \\z, \\z, %[v]\nssat \\s, #8, \\s\nssat \\z, #8, \\z\n"
        "bfi \\t, \\s, #8, #8\nbfi \\u, \\z, #8, #8\n"
        ".endm\n"
        ".else\n"
        ".macro two_rows s, z, t, u\n"
        "ldr %[a], [%[w]], #4\nsub \\s, \\s, \\t\nsub \\z, \\z, \\u\nadd \\s, %[a], \\s, asr #7\nadd \\z, %[a], \\z, asr #7\n"
        "lsl \\t, #1\nlsl \\u, #1\ncodes \\t, \\u\ncodes \\s, \\z\nbfi \\t, \\s, #8, #8\nbfi \\u, \\z, #8, #8\n"
        ".endm\n"
        ".endif\n"
        "ldr %[b], %[first]\ncmp %[b], #0\nbne 0f\n"
        "ldrd %[s0], %[s1], [%[a]]\nldrd %[s2], %[s3], [%[a], #8]\nldrd %[t0], %[t1], [%[a], #16]\nldrd %[t2], %[t3], [%[a], "
        "#24]\n"
        "b 1f\n"
        "0:\n"
        "ldrd %[s0], %[s2], [%[w], #-8]\n"
        "mov %[s1], %[s0]\nmov %[t0], %[s0]\nmov %[t1], %[s0]\nmov %[s3], %[s2]\nmov %[t2], %[s2]\nmov %[t3], %[s2]\n"
        "1:\n"
        "ldrd %[x], %[a], %[loop]\nadr %[b], 3f\nadd %[b], %[a]\nmov pc, %[b]\n"
        "2:\n"
        ".rept 4\n"
        "3:\n"
        ".rept 2\n"
        "ldrd %[a], %[b], [%[x]], #8\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "smlad %[s0], %[a], %[u], %[s0]\nsmlad %[s1], %[b], %[u], %[s1]\nsxtb16 %[u], %[u]\n"
        "smlad %[t0], %[a], %[u], %[t0]\nsmlad %[t1], %[b], %[u], %[t1]\n"
        "smlad %[s2], %[a], %[v], %[s2]\nsmlad %[s3], %[b], %[v], %[s3]\nsxtb16 %[v], %[v]\n"
        "smlad %[t2], %[a], %[v], %[t2]\nsmlad %[t3], %[b], %[v], %[t3]\n"
        ".endr\n"
        ".endr\n"
        "ldrd %[a], %[b], %[end]\n"
        "cmp %[x], %[a]\n"
        "bne 2b\n"
        "cmp %[b], #0\n"
        "beq 4f\n"
        "two_rows %[s0], %[s1], %[t0], %[t1]\ntwo_rows %[s2], %[s3], %[t2], %[t3]\n"
        "pkhbt %[t0], %[t0], %[t2], lsl #16\npkhbt %[t1], %[t1], %[t3], lsl #16\n"
        "4:\n.purgem codes\n.purgem two_rows"
        : [x] "=&r"(x), [w] "+r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0),
          [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "+r"(a), [b] "=&r"(b), [u] "=&r"(u), [v] "=&r"(v)
        : [loop] "m"(loop), [end] "m"(loop.end), [first] "m"(loop.first),
          [in_float] "i"(std::is_same_v<Rounding, nn::int8::Float32>)
        : "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
    sums = {{s0, s1, s2, s3}, {t0, t1, t2, t3}};
  }
};

}  // namespace target
