// Rows of quantized layers as Cortex-M0 reads them: four at a time, 14 instructions for 4 products. Bytes that are loaded with an
// offset in the instruction have no sign there, so weights are laid out plus 128: the sums are then greater by 128 times the sum
// of the window's codes, which is taken off the biases. Armv6-M ARM (DDI 0419): LDRB (immediate), LDRSB (register).
#pragma once

#include <cstdint>

#include "int8_code.hpp"
#include "int8_four_rows.hpp"

namespace target {

#if defined __OPTIMIZE__ && !defined __OPTIMIZE_SIZE__ && !defined __clang__
inline constexpr bool eight_registers = true;  // the low ones, all for one asm; and high ones, which g++ leaves alone with -Os
#else
inline constexpr bool eight_registers = false;
#endif

struct Int8ByteRows : Int8FourRows {
  static constexpr void lay_out(const nn::Int8Rows& m, std::int8_t* to) { Int8FourRows::lay_out(m, to, 128); }

  [[gnu::noinline]] static void window(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    const std::int8_t* const end = x + m.depth;
    std::uint32_t codes = 0;
    for (const std::int8_t* from = x; from != end; ++from) codes += static_cast<std::uint32_t>(*from);
    const std::int8_t* w = m.laid_out;
    for (std::int32_t left = m.outputs; left > 0; left -= 4) {
      std::uint32_t sum[4];
      const auto* const bias = reinterpret_cast<const std::uint32_t*>(w);
#pragma GCC unroll 4
      for (int r = 0; r < 4; ++r) sum[r] = bias[r] - 128 * codes;
      w = add(w + 16, x, end, m.depth, sum);
      Outlets outlets{m, w};
      for (std::int32_t r = 0; r < 4; ++r, outlets.next())
        if (r < left) *y++ = code(sum[r], *outlets);
      w = outlets.next_group(w);
    }
  }
  static void two_windows(const nn::Int8Rows& m, const std::int8_t* x, std::int8_t* y) {
    window(m, x, y);
    window(m, x + m.depth, y + m.outputs);
  }

 private:
  // The loop has eight times the same and is entered where the rest of eight is left. Returns the outlets.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* x, const std::int8_t* end,
                                                       std::int32_t depth, std::uint32_t (&sum)[4]) {
    const std::uint32_t skipped = static_cast<std::uint32_t>(-depth) & 7;
    auto weight = reinterpret_cast<std::uintptr_t>(w) - 4 * skipped;
    auto code = reinterpret_cast<std::uintptr_t>(x) - skipped;
    std::uint32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3], a, v;
    asm volatile(
        ".syntax unified\n"
        "mov %[v], %[entry]\nadd pc, %[v]\nnop\n"
        "2:\n"
        ".irp i, 0, 1, 2, 3, 4, 5, 6, 7\n"
        "ldrb %[a], [%[x], #\\i]\nsxtb %[a], %[a]\n"
        "ldrb %[v], [%[w], #4 * \\i]\nmuls %[v], %[a], %[v]\nadds %[s0], %[s0], %[v]\n"
        "ldrb %[v], [%[w], #4 * \\i + 1]\nmuls %[v], %[a], %[v]\nadds %[s1], %[s1], %[v]\n"
        "ldrb %[v], [%[w], #4 * \\i + 2]\nmuls %[v], %[a], %[v]\nadds %[s2], %[s2], %[v]\n"
        "ldrb %[v], [%[w], #4 * \\i + 3]\nmuls %[v], %[a], %[v]\nadds %[s3], %[s3], %[v]\n"
        ".endr\n"
        "adds %[w], #32\nadds %[x], #8\n"
        "cmp %[x], %[end]\n"
        "bne 2b"
        : [x] "+&l"(code), [w] "+&l"(weight), [s0] "+&l"(s0), [s1] "+&l"(s1), [s2] "+&l"(s2), [s3] "+&l"(s3), [a] "=&l"(a),
          [v] "=&l"(v)
        : [end] "h"(end), [entry] "h"(28 * skipped)
        : "cc", "memory");
    sum[0] = s0, sum[1] = s1, sum[2] = s2, sum[3] = s3;
    return reinterpret_cast<const std::int8_t*>(weight);
  }
};

}  // namespace target
