// Depthwise convolutions of 3x3 as Cortex-M4 reads them: four channels at a time, 16 instructions a channel for nine products.
// Of the words of two taps PKHBT and PKHTB bring the codes of two channels together, and SXTB16 pairs those of each for SMLAD.
// Armv7-M ARM (DDI 0403), sections A7.7.93 (PKHBT), A7.7.196 (SXTB16), A7.7.138 (SMLAD).
//
// Groups of four channels, one behind the other; the last of another number of channels begins four before their end:
//
//   2·bias [4]   2·weight [4 pairs of taps][4 channels][2 taps] in 16 bits   2·weight of the last tap [0 2 1 3]   Int8Outlet [4]
//
// or, for Float32 rounding, scales [4] and the zero point in place of the last. Of several outputs a channel, first all groups of
// the first outputs, then those of the second, and so on.
#pragma once

#include <cstdint>
#include <type_traits>

#include "float32_output.hpp"
#include "int8_rows.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8NineTaps {
  template <class Rounding>
  static constexpr bool in_float = std::is_same_v<Rounding, nn::int8::Float32>;
  template <class Rounding>
  static constexpr std::int32_t group_bytes = 16 + 4 * 16 + 8 + (in_float<Rounding> ? 20 : 48);

  template <class Rounding>
  static constexpr bool fits(const nn::Int8DepthwiseOf<Rounding>& m) {
    if (!m.simple || m.rows != 3 || m.columns != 3 || m.channels < 4) return false;
    for (std::int32_t c = 0; c < (m.scale_step == 0 ? 1 : m.channels * m.multiplier); ++c)
      if (!Int8OutletOf<Rounding>::fits(m.scale[c])) return false;
    return true;
  }
  template <class Rounding>
  static constexpr std::int32_t bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return (m.multiplier * ((m.channels + 3) / 4) * group_bytes<Rounding> + 15) & ~15;
  }

  template <class Rounding>
  static constexpr void lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) {
    for (std::int32_t k = 0; k < m.multiplier; ++k)
      for (std::int32_t at = 0; at < m.channels; at += 4)
        to = lay_out_group(m, (at + 4 > m.channels ? m.channels - 4 : at) * m.multiplier + k, to);
  }

  // Strided: several outputs a channel.
  template <bool Strided, class Rounding>
  static void run(const nn::Int8DepthwiseOf<Rounding>& m, const nn::Int8Window& window, std::int8_t* y) {
    const std::int32_t step = Strided ? m.multiplier : 1, whole = m.channels & ~3, begin = m.channels - 4;
    const std::int8_t* w = m.laid_out;
    for (std::int8_t* const end = y + step; y != end; ++y) {
      w = groups<Strided, Rounding>(w, window, step, y, y + whole * step);
      if (whole != m.channels)
        w = groups<Strided, Rounding>(w, {window.x + begin, window.row_step, window.column_step}, step, y + begin * step,
                                      y + m.channels * step);
    }
  }

 private:
  // Of the outputs from `first` on of four channels.
  template <class Rounding>
  static constexpr std::int8_t* lay_out_group(const nn::Int8DepthwiseOf<Rounding>& m, std::int32_t first, std::int8_t* to) {
    constexpr std::int32_t pairs[4][2]{{2, 5}, {1, 4}, {0, 3}, {8, 7}}, last = 6;
    const auto twice_weight = [&](std::int32_t tap, std::int32_t c) {
      return 2 * m.weight[(tap * m.channels + c) * m.multiplier + first];
    };
    for (std::int32_t c = 0; c < 4; ++c) to = low_bytes(to, 2 * std::int64_t{m.bias[first + c * m.multiplier]}, 4);
    for (const auto& pair : pairs)
      for (std::int32_t c = 0; c < 4; ++c)
        for (std::int32_t tap : pair) to = low_bytes(to, twice_weight(tap, c), 2);
    for (std::int32_t c : {0, 2, 1, 3}) to = low_bytes(to, twice_weight(last, c), 2);
    for (std::int32_t c = 0; c < 4; ++c) {
      const auto outlet = Int8OutletOf<Rounding>::of(m.scale[(first + c * m.multiplier) * m.scale_step], m.range);
      outlet.words([&, word = 0](std::int32_t x) mutable {
        if (!in_float<Rounding> || word++ == 0 || c == 3) to = low_bytes(to, x, 4);
      });
    }
    return to;
  }

  static constexpr std::int8_t* low_bytes(std::int8_t* to, std::int64_t x, int count) {
    for (int i = 0; i < count; ++i) *to++ = static_cast<std::int8_t>(x >> (8 * i));
    return to;
  }

  // Returns the next group. Three pointers walk along the rows; outputs lie `stride` apart.
  template <bool Strided, class Rounding>
  [[gnu::noinline]] static const std::int8_t* groups(const std::int8_t* w, const nn::Int8Window& window, std::int32_t stride,
                                                     std::int8_t* y, std::int8_t* end) {
    const std::int8_t* x0 = window.x;
    const std::int8_t* x1 = x0 + window.row_step;
    const std::int8_t* x2 = x1 + window.row_step;
    std::uint32_t s0, s1, s2, s3, a, b, t, u, v;
    asm volatile(
        "1:\n"
        "ldrd %[s0], %[s1], [%[w]], #8\nldrd %[s2], %[s3], [%[w]], #8\n"
        ".irp pair, 0, 1, 2, 3\n"
        ".if \\pair == 0\nldr %[a], [%[x0], %[step], lsl #1]\nldr %[b], [%[x1], %[step], lsl #1]\n.endif\n"
        ".if \\pair == 1\nldr %[a], [%[x0], %[step]]\nldr %[b], [%[x1], %[step]]\n.endif\n"
        ".if \\pair == 2\nldr %[a], [%[x0]], #4\nldr %[b], [%[x1]], #4\n.endif\n"
        ".if \\pair == 3\nldr %[a], [%[x2], %[step], lsl #1]\nldr %[b], [%[x2], %[step]]\n.endif\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "pkhbt %[t], %[a], %[b], lsl #16\npkhtb %[a], %[b], %[a], asr #16\nsxtb16 %[b], %[t]\nsxtb16 %[t], %[t], ror #8\n"
        "smlad %[s0], %[b], %[u], %[s0]\nsmlad %[s1], %[t], %[v], %[s1]\n"
        "ldrd %[u], %[v], [%[w]], #8\nsxtb16 %[b], %[a]\nsxtb16 %[a], %[a], ror #8\n"
        "smlad %[s2], %[b], %[u], %[s2]\nsmlad %[s3], %[a], %[v], %[s3]\n"
        ".endr\n"
        "ldr %[a], [%[x2]], #4\nldrd %[u], %[v], [%[w]], #8\nsxtb16 %[b], %[a]\nsxtb16 %[a], %[a], ror #8\n"
        "smlabb %[s0], %[b], %[u], %[s0]\nsmlatt %[s2], %[b], %[u], %[s2]\n"
        "smlabb %[s1], %[a], %[v], %[s1]\nsmlatt %[s3], %[a], %[v], %[s3]\n"
        ".if %c[in_float]\n"  // Int8Outlet
        "ldr %[a], [%[w], #16]\nvldmia %[w]!, {s8-s11}\nadd %[w], #4\nvmov s12, s13, %[s0], %[s1]\nvmov s14, s15, %[s2], %[s3]\n"
        ".irp k, 2, 3, 4, 5\nvcvt.f32.s32 s1\\k, s1\\k, #1\n.endr\n"
        "vmul.f32 s12, s12, s8\nvmul.f32 s13, s13, s9\nvmul.f32 s14, s14, s10\nvmul.f32 s15, s15, s11\n"
        ".irp k, 2, 3, 4, 5\nvcvtr.s32.f32 s1\\k, s1\\k\n.endr\n"
        "vmov %[s0], %[s1], s12, s13\nvmov %[s2], %[s3], s14, s15\n"
        ".irp s, %[s0], %[s1], %[s2], %[s3]\nqadd \\s, \\s, %[a]\nssat \\s, #8, \\s\n.endr\n"
        ".else\n.irp s, %[s0], %[s1], %[s2], %[s3]\n"
        "ldrd %[a], %[b], [%[w]], #8\nldr %[t], [%[w]], #4\n"
        "add %[b], %[b], \\s, asr #31\nsmmlar \\s, \\s, %[a], %[b]\nasr \\s, %[t]\nssat \\s, #8, \\s\n.endr\n.endif\n"
        "ldr %[u], %[y]\n"
        ".if %c[strided]\n"
        "ldr %[v], %[stride]\nstrb %[s0], [%[u]]\nstrb %[s1], [%[u], %[v]]\nadd %[u], %[u], %[v], lsl #1\n"
        "strb %[s2], [%[u]]\nstrb %[s3], [%[u], %[v]]\nadd %[u], %[u], %[v], lsl #1\n"
        ".else\n"
        "bfi %[s0], %[s1], #8, #8\nbfi %[s0], %[s2], #16, #8\nbfi %[s0], %[s3], #24, #8\nstr %[s0], [%[u]], #4\n.endif\n"
        "ldr %[v], %[end]\nstr %[u], %[y]\ncmp %[u], %[v]\nbne 1b"
        : [x0] "+&r"(x0), [x1] "+&r"(x1), [x2] "+&r"(x2), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2),
          [s3] "=&r"(s3), [a] "=&r"(a), [b] "=&r"(b), [t] "=&r"(t), [u] "=&r"(u), [v] "=&r"(v), [y] "+m"(y)
        : [step] "r"(window.column_step), [end] "m"(end), [stride] "m"(stride), [strided] "i"(Strided),
          [in_float] "i"(in_float<Rounding>)
        : "s8", "s9", "s10", "s11", "s12", "s13", "s14", "s15", "cc", "memory");
    return w;
  }
};

}  // namespace target
