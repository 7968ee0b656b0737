// Rows of Fixed8 that the compiler lays out: two in one word, byte by byte in turn, as quantized layers have them
// (int8_pairs.hpp). Groups of eight rows, or of four, one behind the other:
//
//   bias of the even rows [pairs]   weight [steps][pairs][2 codes][2 rows]   bias of the odd rows [pairs]
//
// Four numbers of the vector, as SXTB16 widens them, take two steps: the numbers 0 and 2, then 1 and 3. Rows are padded to fours,
// and their number to groups, with weights of 0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_pairs.hpp"
#include "thirteen_registers.hpp"

namespace target {

// How many rows are taken at a time: eight read the vector half as often, four waste fewer where few are left.
template <std::size_t Outputs>
inline constexpr std::size_t paired_group = (Outputs + 3) / 4 % 2 == 0 || Outputs > 24 ? 8 : 4;

template <std::size_t Outputs, std::size_t Inputs>
struct FixedPairs {
  static constexpr std::size_t rows = paired_group<Outputs>;
  static constexpr std::size_t padded = (Inputs + 3) / 4 * 4;
  static constexpr std::size_t groups = (Outputs + rows - 1) / rows;
  static constexpr std::size_t bytes = groups * rows * (padded + sizeof(std::int32_t));

  // Do pairs fit into 16 bits, 256 times the sums of odd rows into 32, and all sums with their biases?
  static constexpr bool fit(const auto& weight, const auto& bias) {
    for (std::size_t o = 0; o < Outputs; ++o) {
      std::int64_t most = bias[o].raw < 0 ? -std::int64_t{bias[o].raw} : bias[o].raw;
      std::int32_t size = 0;
      for (std::size_t i = 0; i < Inputs; ++i) {
        const std::int32_t w = weight[o][i].raw;
        if (o % 2 == 1 && w == -128 && weight[o - 1][i].raw < 0) return false;
        size += w < 0 ? -w : w;
      }
      most += std::int64_t{128} * size;
      if (most >= std::int64_t{1} << 30 || (o % 2 == 1 && size >= 1 << 16)) return false;
    }
    return true;
  }

  static constexpr void lay_out(const auto& weight, const auto& bias, std::int8_t* to) {
    const auto row = [&](std::size_t o, std::size_t i) { return o < Outputs && i < Inputs ? std::int32_t{weight[o][i].raw} : 0; };
    const auto word = [&](std::size_t o) { to = Int8Pairs::word(to, o < Outputs ? bias[o].raw : 0); };
    for (std::size_t o = 0; o < Outputs; o += rows) {
      for (std::size_t r = o; r < o + rows; r += 2) word(r);
      for (std::size_t i = 0; i < padded; i += 4)
        for (const std::size_t code : {i, i + 1})
          for (std::size_t r = o; r < o + rows; r += 2)
            for (const std::size_t c : {code, code + 2}) to = Int8Pairs::both(to, row(r, c), row(r + 1, c));
      for (std::size_t r = o; r < o + rows; r += 2) word(r + 1);
    }
  }
};

// Members that one LDRD loads stand side by side.
struct FixedPairedRows {
  const std::int8_t *w, *x, *end;
  const std::int8_t *rest, *rest_end;  // numbers behind whole words of them, as a word; `end`, if there are none
  std::int32_t *y, *y_end;
  std::size_t skipped;  // blocks of the loop, the first time
  const std::int8_t* now_end;
  std::uint32_t entry;
};

// y = W·x + b of groups of Rows rows, the vector at any address: 127 instructions for 128 products, or 71 for 64.
//
//   r0 x   r1 w   r2, r3 numbers of the vector   r12, lr weights   r4-r7, r8-r11 sums 256·O + E and E of pairs of rows
template <std::size_t Rows>
[[gnu::noinline]] void paired_rows(FixedPairedRows m) {
  constexpr std::size_t block = 4 * (3 + 7 * Rows / 2);  // bytes of one of the four blocks of the loop
  asm volatile(
      ".macro products code, s, t, w\n"
      "smlad \\s, \\code, \\w, \\s\nsxtb16 \\w, \\w\nsmlad \\t, \\code, \\w, \\t\n"
      ".endm\n"
      ".macro two_rows s, t, bias\n"
      "sub \\s, \\s, \\t\nadd \\s, \\bias, \\s, asr #8\nstrd \\t, \\s, [r0], #8\n"
      ".endm\n"
      "ldr r1, %[w]\nldr r3, %[skipped]\nadr.w r2, 1f\nmov r0, %[block]\nmla r2, r3, r0, r2\norr r2, #1\nstr r2, %[entry]\n"
      "3:\nldrd r0, r2, %[x]\nstr r2, %[now_end]\n"
      ".if %c[rows] == 8\nldm r1!, {r4-r7}\nmov r10, r6\nmov r11, r7\n.else\nldm r1!, {r4, r5}\n.endif\n"
      "mov r8, r4\nmov r9, r5\nldr pc, %[entry]\n"
      ".irp number, 1, 6, 7, 2\n\\number:\nldr.w r3, [r0], #4\nsxtb16.w r2, r3\nsxtb16 r3, r3, ror #8\n"
      ".irp code, r2, r3\nldrd r12, lr, [r1], #8\n"
      "products \\code, r4, r8, r12\nproducts \\code, r5, r9, lr\n"
      ".if %c[rows] == 8\nldrd r12, lr, [r1], #8\nproducts \\code, r6, r10, r12\nproducts \\code, r7, r11, lr\n.endif\n"
      ".endr\n.endr\n"
      "ldr r2, %[now_end]\ncmp r0, r2\nbne 1b\n"
      "ldrd r2, r3, %[rest]\ncmp r0, r3\nbeq 4f\nmov r0, r2\nstr r3, %[now_end]\nb 2b\n"
      "4:\nldr r0, %[y]\n.if %c[rows] == 8\nldm r1!, {r2, r3, r12, lr}\n.else\nldm r1!, {r2, r3}\n.endif\n"
      "two_rows r4, r8, r2\ntwo_rows r5, r9, r3\n"
      ".if %c[rows] == 8\ntwo_rows r6, r10, r12\ntwo_rows r7, r11, lr\n.endif\n"
      ".purgem products\n.purgem two_rows\n"
      "ldr r2, %[y_end]\nstr r0, %[y]\ncmp r0, r2\nbne 3b"
      : [entry] "=m"(m.entry), [now_end] "=m"(m.now_end), [y] "+m"(m.y)
      : [w] "m"(m.w), [x] "m"(m.x), "m"(m.end), [rest] "m"(m.rest),
        "m"(m.rest_end), [y_end] "m"(m.y_end), [skipped] "m"(m.skipped), [rows] "i"(Rows), [block] "i"(block)
      : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
}

}  // namespace target
