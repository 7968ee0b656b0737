// Two windows on rows as int8_pairs.hpp has them, four rows at a time: 12 instructions for 16 products. The windows' codes are
// widened before (int8_widen.hpp) and lie two by two in turn, so that one LDRD loads those of both.
#pragma once

#include <cstddef>
#include <type_traits>

#include "int8_paired_rows.hpp"

namespace target {

// Of a group: [pair of rows][window].
struct Int8WindowSums {
  std::uint32_t all[4];
  std::uint32_t even[4];
};

// A part of two windows, in all groups of rows. Between the parts each group keeps its sums. As the assembly finds it: pairs of
// members that it loads by one LDRD stand side by side.
struct Int8PairedWindows {
  static constexpr std::uint32_t bytes_of_four = 96;  // of code

  const std::int32_t* x;
  std::uint32_t skip;  // of the loop's code, where it is entered; odd, as branches want it
  Int8WindowSums* sums;
  const std::int32_t* end;
  std::int32_t last;
  Int8WindowSums* kept;
  std::int32_t first;
  Int8WindowSums* to_keep;
  const std::int8_t* w;  // behind the biases of a group
  std::uint32_t entry;
  std::int8_t* y;
  std::ptrdiff_t to_y_next;  // from an output of the first window to that of the second
  std::int32_t left;  // outputs
  std::int32_t to_next_group;

  // What is widened takes so many bytes; behind it sums are kept.
  Int8PairedWindows(std::int32_t* widened, std::int32_t bytes)
      : x{widened},
        skip{(static_cast<std::uint32_t>(-(bytes >> 4) & 3) * bytes_of_four) | 1},
        sums{reinterpret_cast<Int8WindowSums*>(widened + (bytes >> 2))},
        end{widened + (bytes >> 2)} {}

  // Of the rows of so many outputs, whose weights for these codes begin at `weights`; those of the next group begin `to_next`
  // bytes behind the end of theirs.
  template <class Rounding>
  [[gnu::always_inline]] void part(const std::int8_t* weights, std::int32_t outputs, bool is_last, std::int32_t to_next) {
    last = is_last;
    kept = to_keep = sums;
    w = weights;
    left = outputs;
    to_next_group = to_next;
    add<Rounding>(*this);
    first = false;
  }

 private:
  // Of each group: from the biases on, which stand before the weights, or from sums that were kept, over the loop that has four
  // times the same and is entered where the rest of four is left, to sums that are kept, or to codes as Int8Outlet has them.
  //
  //   r0 x   r1 w   r2, r3 codes of the two windows   r12, lr weights
  //   r4-r7, r8-r11 sums `all` and `even` [pair of rows][window]
  template <class Rounding>
  [[gnu::always_inline]] static void add(Int8PairedWindows& m) {
    asm volatile(
        ".macro codes p, q\n"
        "ldm r1!, {r2, r3, lr}\nadd r0, r3, \\p, asr #31\nadd r3, r3, \\q, asr #31\nsmmlar \\p, \\p, r2, r0\n"
        "smmlar \\q, \\q, r2, r3\nasr \\p, lr\nasr \\q, lr\nssat \\p, #8, \\p\nssat \\q, #8, \\q\n.endm\n"
        ".macro products s, z, t, u, w\n"
        "smlad \\s, r2, \\w, \\s\nsmlad \\z, r3, \\w, \\z\nsxtb16 \\w, \\w\n"
        "smlad \\t, r2, \\w, \\t\nsmlad \\u, r3, \\w, \\u\n.endm\n"
        ".macro two_rows s, z, t, u\n"
        "ldr r2, [r1], #4\nsub \\s, \\s, \\t\nsub \\z, \\z, \\u\n"
        ".if %c[in_float]\n"
        "vmov s12, s13, \\t, \\u\nadd \\s, r2, \\s, asr #7\nadd \\z, r2, \\z, asr #7\nvcvt.f32.s32 s12, s12\n"
        "vcvt.f32.s32 s13, s13\nvldr s10, [r1]\nldr lr, [r1, #4]\nvldr s11, [r1, #8]\nadd r1, #16\nvmov s14, s15, \\s, \\z\n"
        "vmul.f32 s12, s12, s10\nvmul.f32 s13, s13, s10\nvcvt.f32.s32 s14, s14, #1\nvcvt.f32.s32 s15, s15, #1\n"
        "vcvtr.s32.f32 s12, s12\nvcvtr.s32.f32 s13, s13\nvmul.f32 s14, s14, s11\nvmul.f32 s15, s15, s11\n"
        "vmov \\t, \\u, s12, s13\nvcvtr.s32.f32 s14, s14\nvcvtr.s32.f32 s15, s15\nvmov \\s, \\z, s14, s15\n"
        ".irp x, \\t, \\u, \\s, \\z\nqadd \\x, \\x, lr\nssat \\x, #8, \\x\n.endr\n"
        ".else\n"
        "add \\s, r2, \\s, asr #7\nadd \\z, r2, \\z, asr #7\nlsl \\t, #1\nlsl \\u, #1\ncodes \\t, \\u\ncodes \\s, \\z\n"
        ".endif\n"
        "bfi \\t, \\s, #8, #8\nbfi \\u, \\z, #8, #8\n"
        ".endm\n"
        "ldr r1, %[w]\nldr r2, %[skip]\nadr.w r3, 3f\nadd r2, r3\nstr r2, %[entry]\n"
        "8:\nldrd r2, r3, %[kept]\ncbnz r3, 0f\nldm r2!, {r4-r11}\nstr r2, %[kept]\nb 1f\n"
        "0:\nldrd r4, r6, [r1, #-8]\nmov r5, r4\nmov r8, r4\nmov r9, r4\nmov r7, r6\nmov r10, r6\nmov r11, r6\n"
        "1:\nldr r0, %[x]\nldr pc, %[entry]\n"
        "2:\n.rept 4\n3:\n.rept 2\nldrd r2, r3, [r0], #8\nldrd r12, lr, [r1], #8\n"
        "products r4, r5, r8, r9, r12\nproducts r6, r7, r10, r11, lr\n"
        ".endr\n.endr\nldrd r2, r3, %[end]\ncmp r0, r2\nbne 2b\ncbnz r3, 4f\n"
        "ldr r2, %[to_keep]\nstm r2!, {r4-r11}\nstr r2, %[to_keep]\nb 5f\n"
        "4:\ntwo_rows r4, r5, r8, r9\ntwo_rows r6, r7, r10, r11\n.purgem codes\n.purgem two_rows\n.purgem products\n"
        "pkhbt r8, r8, r10, lsl #16\npkhbt r9, r9, r11, lsl #16\nldrd r0, r2, %[y]\nldr r3, %[left]\ncmp r3, #4\nblt 6f\n"
        "str r9, [r0, r2]\nstr r8, [r0], #4\nstr r0, %[y]\n"
        "5:\nldrd r2, r3, %[left]\nadd r1, r3\nsubs r2, #4\nstr r2, %[left]\nbgt 8b\nb 7f\n"
        "6:\nstrb r9, [r0, r2]\nstrb r8, [r0], #1\nlsr r8, #8\nlsr r9, #8\nsubs r3, #1\nbne 6b\n"
        "7:"
        : [entry] "=m"(m.entry), [kept] "+m"(m.kept), [to_keep] "+m"(m.to_keep), [y] "+m"(m.y), [left] "+m"(m.left)
        : [w] "m"(m.w), [skip] "m"(m.skip), [x] "m"(m.x), [end] "m"(m.end), "m"(m.last), "m"(m.first), "m"(m.to_y_next),
          "m"(m.to_next_group), [in_float] "i"(std::is_same_v<Rounding, nn::int8::Float32>)
        : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "s10", "s11", "s12", "s13",
          "s14", "s15", "cc", "memory");
  }
};

}  // namespace target
