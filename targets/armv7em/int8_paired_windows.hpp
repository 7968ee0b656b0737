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
    const Loop loop{part.x, static_cast<std::uint32_t>(-part.fours & 3) * bytes_of_four, part.x + 4 * part.fours};
    const std::int8_t* group = part.groups;
    const std::int32_t skipped = 8 + 16 * part.skipped;
    Int8WindowSums* kept = part.sums;
    const Int8WindowSums* from = part.first ? nullptr : kept;
    for (std::int32_t left = part.outputs; left > 0; left -= 4, group += part.group_bytes) {
      std::uint32_t all[4], even[4];  // of a pair of rows: of the first window and of the second
      const std::int8_t* outlet = add(group + skipped, reinterpret_cast<const std::int32_t*>(group), loop, from, all, even);
      from += part.first ? 0 : 1;
      if (!part.last) {
        *kept++ = {{all[0], all[1], all[2], all[3]}, {even[0], even[1], even[2], even[3]}};
        continue;
      }
      outlet = finish<Rounding>(outlet, all[0], all[1], even[0], even[1]);
      finish<Rounding>(outlet, all[2], all[3], even[2], even[3]);
      y = write(halves(even[0], even[2]), left, y);
      y_next = write(halves(even[1], even[3]), left, y_next);
    }
  }

 private:
  static constexpr std::uint32_t bytes_of_four = 96;  // of code

  struct Loop {
    const std::int32_t* x;
    std::uint32_t entry;
    const std::int32_t* end;
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

  // From the biases on, or from sums that were kept. The loop has four times the same and is entered where the rest of four is
  // left.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int32_t* start, const Loop& loop,
                                                       const Int8WindowSums* kept, std::uint32_t (&all)[4],
                                                       std::uint32_t (&even)[4]) {
    std::uint32_t s0 = static_cast<std::uint32_t>(start[0]), s1, s2 = static_cast<std::uint32_t>(start[1]), s3, t0, t1, t2, t3, x,
                  b, u, v;
    const Int8WindowSums* a = kept;
    asm volatile(
        "mov %[s1], %[s0]\nmov %[t0], %[s0]\nmov %[t1], %[s0]\nmov %[s3], %[s2]\nmov %[t2], %[s2]\nmov %[t3], %[s2]\n"
        "cmp %[a], #0\n"
        "beq 1f\n"
        "ldrd %[s0], %[s1], [%[a]]\nldrd %[s2], %[s3], [%[a], #8]\nldrd %[t0], %[t1], [%[a], #16]\nldrd %[t2], %[t3], [%[a], "
        "#24]\n"
        "1:\n"
        "ldrd %[x], %[a], %[loop]\n"
        "adr %[b], 3f\n"
        "add %[b], %[a]\n"
        "mov pc, %[b]\n"
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
        "ldr %[a], %[end]\n"
        "cmp %[x], %[a]\n"
        "bne 2b"
        : [x] "=&r"(x), [w] "+r"(w), [s0] "+r"(s0), [s1] "=&r"(s1), [s2] "+r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0), [t1] "=&r"(t1),
          [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "+r"(a), [b] "=&r"(b), [u] "=&r"(u), [v] "=&r"(v)
        : [loop] "m"(loop), [end] "m"(loop.end)
        : "cc", "memory");
    all[0] = s0, all[1] = s1, all[2] = s2, all[3] = s3;
    even[0] = t0, even[1] = t1, even[2] = t2, even[3] = t3;
    return w;
  }

  // Two rows' sums of two windows become codes as Int8Outlet has it: those of the first window in the lower half of `even`, those
  // of the second in that of `next_even`. The next outlet.
  template <class Rounding>
  [[gnu::always_inline]] static const std::int8_t* finish(const std::int8_t* outlet, std::uint32_t all, std::uint32_t next_all,
                                                          std::uint32_t& even, std::uint32_t& next_even) {
    if constexpr (std::is_same_v<Rounding, nn::int8::Float32>) return finish_in_float(outlet, all, next_all, even, next_even);
    std::int32_t m, half, by, x;
    asm volatile(
        "ldr %[m], [%[w]], #4\n"
        "sub %[s], %[s], %[t]\nsub %[z], %[z], %[u]\n"
        "add %[s], %[m], %[s], asr #7\nadd %[z], %[m], %[z], asr #7\n"
        "lsl %[t], #1\nlsl %[u], #1\n"
        ".irp row, 0, 1\n"
        "ldrd %[m], %[half], [%[w]], #8\nldr %[by], [%[w]], #4\n"
        ".if \\row\n"
        "add %[x], %[half], %[s], asr #31\nadd %[half], %[half], %[z], asr #31\n"
        "smmlar %[s], %[s], %[m], %[x]\nsmmlar %[z], %[z], %[m], %[half]\n"
        "asr %[s], %[by]\nasr %[z], %[by]\nssat %[s], #8, %[s]\nssat %[z], #8, %[z]\n"
        ".else\n"
        "add %[x], %[half], %[t], asr #31\nadd %[half], %[half], %[u], asr #31\n"
        "smmlar %[t], %[t], %[m], %[x]\nsmmlar %[u], %[u], %[m], %[half]\n"
        "asr %[t], %[by]\nasr %[u], %[by]\nssat %[t], #8, %[t]\nssat %[u], #8, %[u]\n"
        ".endif\n"
        ".endr\n"
        "bfi %[t], %[s], #8, #8\nbfi %[u], %[z], #8, #8"
        : [w] "+r"(outlet), [s] "+r"(all), [z] "+r"(next_all), [t] "+r"(even), [u] "+r"(next_even), [m] "=&r"(m),
          [half] "=&r"(half), [by] "=&r"(by), [x] "=&r"(x)
        :
        : "cc", "memory");
    return outlet;
  }
  // The same by Float32 rounding.
  [[gnu::always_inline]] static const std::int8_t* finish_in_float(const std::int8_t* outlet, std::uint32_t all, std::uint32_t next_all,
                                                                   std::uint32_t& even, std::uint32_t& next_even) {
    std::int32_t zero;
    asm volatile(
        "ldr %[z], [%[w]], #4\n"
        "sub %[s], %[s], %[t]\nsub %[n], %[n], %[u]\n"
        "vmov s12, s13, %[t], %[u]\n"
        "add %[s], %[z], %[s], asr #7\nadd %[n], %[z], %[n], asr #7\n"
        "vcvt.f32.s32 s12, s12\nvcvt.f32.s32 s13, s13\n"
        "vldr s10, [%[w]]\nldr %[z], [%[w], #4]\nvldr s11, [%[w], #8]\nadd %[w], #16\n"
        "vmov s14, s15, %[s], %[n]\n"
        "vmul.f32 s12, s12, s10\nvmul.f32 s13, s13, s10\n"
        "vcvt.f32.s32 s14, s14, #1\nvcvt.f32.s32 s15, s15, #1\n"
        "vcvtr.s32.f32 s12, s12\nvcvtr.s32.f32 s13, s13\n"
        "vmul.f32 s14, s14, s11\nvmul.f32 s15, s15, s11\n"
        "vmov %[t], %[u], s12, s13\n"
        "vcvtr.s32.f32 s14, s14\nvcvtr.s32.f32 s15, s15\n"
        "qadd %[t], %[t], %[z]\nqadd %[u], %[u], %[z]\nssat %[t], #8, %[t]\nssat %[u], #8, %[u]\n"
        "vmov %[s], %[n], s14, s15\n"
        "qadd %[s], %[s], %[z]\nqadd %[n], %[n], %[z]\nssat %[s], #8, %[s]\nssat %[n], #8, %[n]\n"
        "bfi %[t], %[s], #8, #8\nbfi %[u], %[n], #8, #8"
        : [w] "+r"(outlet), [s] "+r"(all), [n] "+r"(next_all), [t] "+r"(even), [u] "+r"(next_even), [z] "=&r"(zero)
        :
        : "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
    return outlet;
  }
  static std::uint32_t halves(std::uint32_t lower, std::uint32_t upper) { return (lower & 0xffff) | upper << 16; }
};

}  // namespace target
