// One window on rows as int8_pairs.hpp has them: eight rows at a time, 31 instructions for 32 products, or four. The window is
// read as it stands, at any address.
#pragma once

#include <cstdint>
#include <type_traits>

#include "int8_pairs.hpp"
#include "int8_rows.hpp"
#include "int8_widen.hpp"

namespace target {

// How many rows are taken at a time, and whether all have one outlet. Members that one LDRD loads stand side by side.
template <int Rows, bool Shared, class Rounding>
struct Int8PairedRows {
  const std::int8_t* w;
  const std::int8_t* x;
  const std::int8_t* end;
  const std::int8_t* rest;      // codes behind whole words of them, as a word
  const std::int8_t* rest_end;  // `end`, if there are none
  const std::int8_t* outlet;    // of all rows
  std::int32_t odd_words;
  std::uint32_t entry;
  const std::int8_t* now_end;
  std::int8_t* y;
  std::int32_t left;

  static constexpr bool in_float = std::is_same_v<Rounding, nn::int8::Float32>;

  // Of each group: from the biases of even rows on over the loop, which has twice the same and is entered in its middle where
  // words of codes are odd in number, to codes as Int8Outlet has them. `all` sums 256·O + E, `even` sums E.
  //
  //   r0 x   r1 w   r2, r3 codes of the window   r12, lr weights   r4-r7, r8-r11 sums `all` and `even` of pairs of rows
  [[gnu::always_inline]] static void run(Int8PairedRows& m) {
    asm volatile(
        ".macro code x\n"
        ".if %c[in_float]\n"
        ".if !%c[shared]\nldm r1!, {r2, r3}\n.endif\n"
        "vmov s10, s11, \\x, r2\nvcvt.f32.s32 s10, s10, #1\nvmul.f32 s10, s10, s11\nvcvtr.s32.f32 s10, s10\n"
        "vmov \\x, s10\nqadd \\x, \\x, r3\n"
        ".else\n"
        ".if !%c[shared]\nldm r1!, {r2, r3, r12}\n.endif\n"
        "add r0, r3, \\x, asr #31\nsmmlar \\x, \\x, r2, r0\nasr \\x, r12\n"
        ".endif\nssat \\x, #8, \\x\n"
        ".endm\n"
        ".macro two_rows s, t\n"
        "ldr lr, [r1], #4\nsub \\s, \\s, \\t\nadd \\s, lr, \\s, asr #7\nlsl \\t, #1\ncode \\t\ncode \\s\nbfi \\t, \\s, #8, #8\n"
        ".endm\n"
        ".macro products code, s, t, w\n"
        "smlad \\s, \\code, \\w, \\s\nsxtb16 \\w, \\w\nsmlad \\t, \\code, \\w, \\t\n"
        ".endm\n"
        "ldr r1, %[w]\nldr r3, %[odd_words]\nadr.w r2, 1f\ncbz r3, 0f\nadr.w r2, 2f\n0:\norr r2, #1\nstr r2, %[entry]\n"
        "3:\nldr r0, %[x]\nldr r2, %[end]\nstr r2, %[now_end]\n"
        ".if %c[rows] == 8\nldm r1!, {r4-r7}\nmov r10, r6\nmov r11, r7\n.else\nldm r1!, {r4, r5}\n.endif\n"
        "mov r8, r4\nmov r9, r5\nldr pc, %[entry]\n"
        ".irp half, 1, 2\n\\half:\nldr r3, [r0], #4\nsxtb16 r2, r3\nsxtb16 r3, r3, ror #8\n"
        ".irp code, r2, r3\nldrd r12, lr, [r1], #8\n"
        "products \\code, r4, r8, r12\nproducts \\code, r5, r9, lr\n"
        ".if %c[rows] == 8\nldrd r12, lr, [r1], #8\nproducts \\code, r6, r10, r12\nproducts \\code, r7, r11, lr\n.endif\n"
        ".endr\n.endr\n"
        "ldr r2, %[now_end]\ncmp r0, r2\nbne 1b\n"
        "ldrd r2, r3, %[rest]\ncmp r0, r3\nbeq 4f\nmov r0, r2\nstr r3, %[now_end]\nb 2b\n"
        "4:\n.if %c[shared]\nldr r0, %[outlet]\nldm r0, {r2, r3, r12}\n.endif\n"
        "two_rows r4, r8\ntwo_rows r5, r9\npkhbt r8, r8, r9, lsl #16\n.if %c[rows] == 8\ntwo_rows r6, r10\ntwo_rows r7, r11\n"
        "pkhbt r10, r10, r11, lsl #16\n.endif\n.purgem code\n.purgem two_rows\n.purgem products\n"
        "ldrd r0, r2, %[y]\nsubs r3, r2, %[rows]\nblt 5f\n.if %c[rows] == 8\nstr r10, [r0, #4]\n.endif\n"
        "str r8, [r0], %[rows]\nstrd r0, r3, %[y]\nbgt 3b\nb 6f\n"
        "5:\nstrb r8, [r0], #1\nlsr r8, #8\n.if %c[rows] == 8\norr r8, r8, r10, lsl #24\nlsr r10, #8\n.endif\n"
        "subs r2, #1\nbne 5b\n6:"
        : [entry] "=m"(m.entry), [now_end] "=m"(m.now_end), [y] "+m"(m.y), "+m"(m.left)
        : [w] "m"(m.w), [x] "m"(m.x), [end] "m"(m.end), [rest] "m"(m.rest), "m"(m.rest_end), [outlet] "m"(m.outlet),
          [odd_words] "m"(m.odd_words), [rows] "i"(Rows), [shared] "i"(Shared), [in_float] "i"(in_float)
        : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "s10", "s11", "cc", "memory");
  }
};

// y = requantized W·x + b, within [-128, 127].
template <int Rows, bool Shared, class Rounding>
[[gnu::noinline]] void paired_rows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
  const std::int32_t words = m.depth >> 2, left = m.depth & 3;
  const std::int8_t* end = x + 4 * words;
  const std::uint32_t rest_word = word_of(end, left);
  const auto* const rest = reinterpret_cast<const std::int8_t*>(&rest_word);
  const std::int8_t* rest_end = left == 0 ? end : rest + 4;
  if (words == 0) x = rest, end = rest_end;
  const std::int32_t group_bytes = Int8Pairs::group_bytes(Rows, Int8Pairs::up_to_four(m.depth), sizeof(std::int32_t));
  Int8PairedRows<Rows, Shared, Rounding> all{.w = m.laid_out,
                                             .x = x,
                                             .end = end,
                                             .rest = rest,
                                             .rest_end = rest_end,
                                             .outlet = m.laid_out + (m.outputs + Rows - 1) / Rows * group_bytes,
                                             .odd_words = (words & 1) | (words == 0),
                                             .entry = 0,
                                             .now_end = end,
                                             .y = y,
                                             .left = m.outputs};
  all.run(all);
}

}  // namespace target
