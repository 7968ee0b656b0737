// Depthwise convolution on Helium, sixteen channels at a time. VMULLB and VMULLT make products of 16 bits of the even and of the
// odd channels; those of two taps are added before they are widened. Armv8-M ARM (DDI 0553), VMULL, VMOVL, VQMOVN.
//
// Laid out: weight [taps][16]   (bias [4], multiplier [4], shift [4]) [4]      vector v has the channels first[v] + 4·lane
#pragma once

#include <array>

#include "int8_codes.hpp"
#include "int8_layout.hpp"

namespace target {

struct Int8DepthwiseLayout {
  static constexpr std::int32_t first[4]{0, 2, 1, 3};

  template <class Rounding>
  static constexpr std::int32_t bytes(const nn::Int8DepthwiseOf<Rounding>& m) {
    return (m.channels + 15) / 16 * (64 + 4 * Int8Layout::scale_bytes<Rounding> + 16 * m.rows * m.columns);
  }

  // Do products of two taps fit into 16 bits, when the second of a row or of all is added to the first?
  template <class Rounding>
  static constexpr bool fits(const nn::Int8DepthwiseOf<Rounding>& m) {
    for (std::int32_t i = 0; i + m.channels < m.rows * m.columns * m.channels; ++i)
      if (m.weight[i] == -128 && m.weight[i + m.channels] == -128) return false;
    return true;
  }

  template <class Rounding>
  static constexpr void lay_out(const nn::Int8DepthwiseOf<Rounding>& m, std::int8_t* to) {
    for (std::int32_t c = 0; c < m.channels; c += 16) {
      for (std::int32_t t = 0; t < m.rows * m.columns; ++t)
        for (std::int32_t k = c; k < c + 16; ++k) *to++ = k < m.channels ? m.weight[t * m.channels + k] : std::int8_t{0};
      for (std::int32_t v : first) {
        to = Int8Layout::words(to, [&](std::int32_t k) { return c + v + 4 * k < m.channels ? m.bias[c + v + 4 * k] : 0; });
        to = Int8Layout::scales(to, [&](std::int32_t k) {
          return c + v + 4 * k < m.channels ? m.scale[(c + v + 4 * k) * m.scale_step] : Int8Layout::no_scale<Rounding>();
        });
      }
    }
  }
};

// What is known of a layer. No halves: negative numbers become the least code, so that it does not matter where their halves go.
struct Int8Channels {
  bool three_by_three;
  bool sixteens;  // are there sixteen channels, or more?
  bool fewer;     // are there fewer than sixteen, at the end?
  bool halves;

  template <class Rounding>
  static constexpr Int8Channels of(const nn::Int8DepthwiseOf<Rounding>& m) {
    return {m.rows == 3 && m.columns == 3, m.channels >= 16, m.channels % 16 != 0, m.range.least < m.range.zero};
  }
  static constexpr Int8Channels any(bool three_by_three) { return {three_by_three, true, true, true}; }
};

template <Int8Channels Known>
struct Int8DepthwiseHelium {
  // `count` windows, each `next` behind the one before, and their outputs; backward: from the last to the first.
  template <class Rounding>
  [[gnu::noinline]] static void run(const nn::Int8DepthwiseOf<Rounding>& m, nn::Int8Window window, std::int32_t next,
                                    std::int32_t count, bool backward, std::int8_t* y) {
    Taps taps{m.rows, m.columns, window.row_step, window.column_step};
    if (!Known.three_by_three) taps.simplify();
    Steps steps{taps.row_step - 2 * taps.column_step, taps.column_step, 16 - 2 * taps.row_step - 2 * taps.column_step};
    const std::int32_t step = backward ? -next : next, y_step = backward ? -m.channels : m.channels;
    if (backward) {
      window.x += (count - 1) * next;
      y += (count - 1) * m.channels;
    }
    for (; count > 0; --count, window.x += step, y += y_step) {
      Walk<Rounding> at{m.laid_out, window.x, y, m.channels, m.range.zero};
      if constexpr (Known.three_by_three)
        at.walk([&]<bool Tail>(Sums& s) __attribute__((always_inline)) {
          return add_nine<Tail, false>(at.w, at.x, steps, at.left, s);
        });
      else
        at.walk([&]<bool Tail>(Sums& s) __attribute__((always_inline)) {
          const std::int8_t* const w = add<Tail>(at.w, at.x, taps, at.left, s);
          at.x += 16;
          return w;
        });
      clamp_if_needed(y, m.channels, m.range);
    }
  }

  // One window at the edge of an image, of three by three taps: x[corner + row·row_step + column·column_step], where these are
  // within rows and columns; the others read the padding, a code for each channel.
  template <class Rounding>
    requires(Known.three_by_three)
  [[gnu::noinline]] static void run_at_edge(const nn::Int8DepthwiseOf<Rounding>& m, const nn::Int8Window& image,
                                            std::int32_t corner, const auto& rows, const auto& columns,
                                            const std::int8_t* padding, std::int8_t* y) {
    alignas(16) std::array<std::int32_t, 12> taps;  // [row][column, and one more]
    const mve_pred16_t within = static_cast<mve_pred16_t>((1u << 4 * columns.last) - (1u << 4 * columns.first));
    const int32x4_t nowhere = vdupq_n_s32(reinterpret_cast<std::intptr_t>(padding));
    int32x4_t place = vmulq_n_s32(vreinterpretq_s32_u32(vidupq_n_u32(0, 1)), image.column_step);
    place = vaddq_n_s32(place, reinterpret_cast<std::intptr_t>(image.x) + corner);
    for (std::int32_t k = 0; k < 3; ++k, place = vaddq_n_s32(place, image.row_step))
      vstrwq_s32(taps.data() + 4 * k, vpselq_s32(place, nowhere, rows.first <= k && k < rows.last ? within : mve_pred16_t{0}));
    Walk<Rounding> at{m.laid_out, nullptr, y, m.channels, m.range.zero};
    Steps steps{reinterpret_cast<std::intptr_t>(taps.data()), 0, 0};
    at.walk([&]<bool Tail>(Sums& s) __attribute__((always_inline)) {
      const std::int8_t* const w = add_nine<Tail, true>(at.w, at.x, steps, at.left, s);
      steps.column += 16;
      return w;
    });
    clamp_if_needed(y, m.channels, m.range);
  }

 private:
  struct Taps {
    std::int32_t rows, columns, row_step, column_step;

    // What lies at equal distances is one row.
    constexpr void simplify() {
      if (columns == 1 || row_step == columns * column_step) {
        if (columns == 1) column_step = row_step;
        columns *= rows;
        rows = 1;
      }
    }
  };
  struct Sums {
    int32x4_t a, b, c, d;
  };
  // Of nine taps: to the next row and column, and to the next sixteen channels. At an edge: the taps' places, and the channel.
  struct Steps {
    std::intptr_t row;
    std::int32_t column;
    mutable std::int32_t last;
  };

  // Groups of channels one after another, and what is left of them.
  template <class Rounding>
  struct Walk {
    const std::int8_t* w;
    const std::int8_t* x;
    std::int8_t* y;
    std::int32_t left;
    std::int32_t zero;

    [[gnu::always_inline]] void walk(auto add) {
      if constexpr (Known.sixteens)
        for (; left >= 16; left -= 16) step<false>(add);
      if constexpr (Known.fewer)
        if (left > 0) step<true>(add);
    }
    template <bool Tail>
    [[gnu::always_inline]] void step(auto add) {
      Sums sums;
      w = add.template operator()<Tail>(sums);
      w = write<Rounding, Tail>(sums, w, zero, y, left);
    }
  };

  // The products of nine taps of the channels at x, which ends sixteen further; or, at an edge, of those at the taps' places and
  // `channel`. a … d: sums, p, q: products of 16 bits, x, v: codes.
  template <bool Tail, bool Edge>
  [[gnu::always_inline]] static const std::int8_t* add_nine(const std::int8_t* w, const std::int8_t*& from, const Steps& steps,
                                                            std::int32_t left, Sums& s) {
    int8x16_t p, q, x, v;
    asm volatile(
        ".macro codes\n.if %c[tail]\nvpst\nvldrbt.8 %q[x], [%[from]]\n.else\nvldrb.8 %q[x], [%[from]]\n.endif\n.endm\n"
        ".if %c[tail]\nvctp.8 %[left]\n.endif\n"
        ".irp tap, 0, 1, 2, 3, 4, 5, 6, 7, 8\n"
        ".if %c[edge]\n"
        ".if \\tap %% 3 == 0\nldrd %[from], %[last], [%[row], #16 * (\\tap / 3)]\nadd %[from], %[from], %[column]\n"
        ".elseif \\tap %% 3 == 1\nadd %[from], %[last], %[column]\n"
        ".else\nldr %[from], [%[row], #16 * (\\tap / 3) + 8]\nadd %[from], %[from], %[column]\n.endif\n"
        ".endif\n"
        "codes\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        ".if \\tap == 1\n"
        "vmullb.s8 %q[a], %q[x], %q[v]\nvmullt.s8 %q[b], %q[x], %q[v]\n"
        "vadd.i16 %q[p], %q[p], %q[a]\nvadd.i16 %q[q], %q[q], %q[b]\n"
        "vmovlb.s16 %q[a], %q[p]\nvmovlt.s16 %q[b], %q[p]\nvmovlb.s16 %q[c], %q[q]\nvmovlt.s16 %q[d], %q[q]\n"
        ".elseif \\tap & 1\n"
        "vmullb.s8 %q[x], %q[x], %q[v]\nvadd.i16 %q[p], %q[p], %q[x]\n"
        "codes\n"
        "vmullt.s8 %q[x], %q[x], %q[v]\nvadd.i16 %q[q], %q[q], %q[x]\n"
        ".else\n"
        "vmullb.s8 %q[p], %q[x], %q[v]\nvmullt.s8 %q[q], %q[x], %q[v]\n"
        ".endif\n"
        ".if !%c[edge]\n"
        ".if \\tap == 8\nadd %[from], %[from], %[last]\n"
        ".elseif \\tap %% 3 == 2\nadd %[from], %[from], %[row]\n.else\nadd %[from], %[from], %[column]\n.endif\n"
        ".endif\n"
        ".if \\tap > 1 && (\\tap & 1 || \\tap == 8)\n"
        "vmovlb.s16 %q[x], %q[p]\nvmovlt.s16 %q[p], %q[p]\nvadd.i32 %q[a], %q[a], %q[x]\nvadd.i32 %q[b], %q[b], %q[p]\n"
        "vmovlb.s16 %q[x], %q[q]\nvmovlt.s16 %q[q], %q[q]\nvadd.i32 %q[c], %q[c], %q[x]\nvadd.i32 %q[d], %q[d], %q[q]\n"
        ".endif\n"
        ".endr\n"
        ".purgem codes"
        : [w] "+&r"(w), [from] "+&r"(from), [a] "=&w"(s.a), [b] "=&w"(s.b), [c] "=&w"(s.c), [d] "=&w"(s.d), [p] "=&w"(p),
          [q] "=&w"(q), [x] "=&w"(x), [v] "=&w"(v), [last] "+&r"(steps.last)
        : [row] "r"(steps.row), [column] "r"(steps.column), [left] "r"(left), [tail] "i"(Tail), [edge] "i"(Edge)
        : "p0", "memory");
    return w;
  }

  template <bool Tail>
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* from, const Taps& taps,
                                                       std::int32_t left, Sums& s) {
    int8x16_t p, q, x, v;
    std::int32_t rows = taps.rows, pairs;
    asm volatile(
        "vmov.i32 %q[a], #0\nvmov.i32 %q[b], #0\nvmov.i32 %q[c], #0\nvmov.i32 %q[d], #0\n"
        ".if %c[tail]\nvctp.8 %[left]\n.endif\n"
        "1:\nmov %[pairs], %[columns]\n"
        "2:\n"
        ".irp second, 0, 1\n"
        ".if %c[tail]\nvpst\nvldrbt.8 %q[x], [%[from]]\n.else\nvldrb.8 %q[x], [%[from]]\n.endif\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        ".if \\second\n"
        "vmullb.s8 %q[x], %q[x], %q[v]\nvadd.i16 %q[p], %q[p], %q[x]\n"
        ".if %c[tail]\nvpst\nvldrbt.8 %q[x], [%[from]]\n.else\nvldrb.8 %q[x], [%[from]]\n.endif\n"
        "vmullt.s8 %q[x], %q[x], %q[v]\nvadd.i16 %q[q], %q[q], %q[x]\n"
        ".else\n"
        "vmullb.s8 %q[p], %q[x], %q[v]\nvmullt.s8 %q[q], %q[x], %q[v]\n"
        ".endif\n"
        "add %[from], %[from], %[column]\n"
        ".if !\\second\nsubs %[pairs], #2\nblt 3f\n.endif\n"
        ".endr\n"
        "3:\n"
        "vmovlb.s16 %q[x], %q[p]\nvmovlt.s16 %q[p], %q[p]\nvadd.i32 %q[a], %q[a], %q[x]\nvadd.i32 %q[b], %q[b], %q[p]\n"
        "vmovlb.s16 %q[x], %q[q]\nvmovlt.s16 %q[q], %q[q]\nvadd.i32 %q[c], %q[c], %q[x]\nvadd.i32 %q[d], %q[d], %q[q]\n"
        "bgt 2b\n"
        "add %[from], %[from], %[row]\nsubs %[rows], #1\nbne 1b"
        : [w] "+&r"(w), [from] "+&r"(from), [rows] "+&r"(rows), [pairs] "=&r"(pairs), [a] "=&w"(s.a), [b] "=&w"(s.b),
          [c] "=&w"(s.c), [d] "=&w"(s.d), [p] "=&w"(p), [q] "=&w"(q), [x] "=&w"(x), [v] "=&w"(v)
        : [row] "r"(taps.row_step - taps.columns * taps.column_step), [column] "r"(taps.column_step), [columns] "r"(taps.columns),
          [left] "r"(left), [tail] "i"(Tail)
        : "cc", "p0", "memory");
    return w;
  }

  // Codes as they lie side by side: a and b go to the even bytes, c and d to the odd.
  template <class Rounding, bool Tail>
  [[gnu::always_inline]] static const std::int8_t* write(Sums& s, const std::int8_t* scale, std::int32_t zero, std::int8_t*& y,
                                                         std::int32_t left) {
    int32x4_t by, sign;
    asm volatile(
        ".arch_extension mve.fp\n"
        ".if %c[float32]\n"
        ".irp sum, %q[a], %q[b], %q[c], %q[d]\n"
        "vldrw.32 %q[by], [%[scale]], #16\nvadd.i32 \\sum, \\sum, %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vcvt.f32.s32 \\sum, \\sum\nvmul.f32 \\sum, \\sum, %q[by]\nvcvtn.s32.f32 \\sum, \\sum\n"
        ".endr\n"
        ".else\n"
        ".irp sum, %q[a], %q[b], %q[c], %q[d]\n"
        "vldrw.32 %q[by], [%[scale]], #16\nvadd.i32 \\sum, \\sum, %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        "vqrdmulh.s32 \\sum, \\sum, %q[by]\n"
        "vldrw.32 %q[by], [%[scale]], #16\n"
        ".if %c[halves]\nvshr.s32 %q[sign], \\sum, #31\nvadd.i32 \\sum, \\sum, %q[sign]\n.endif\n"
        "vrshl.s32 \\sum, \\sum, %q[by]\n"
        ".endr\n"
        ".endif\n"
        "vqmovnb.s32 %q[a], %q[a]\nvqmovnt.s32 %q[a], %q[b]\nvqadd.s16 %q[a], %q[a], %[zero]\n"
        "vqmovnb.s32 %q[c], %q[c]\nvqmovnt.s32 %q[c], %q[d]\nvqadd.s16 %q[c], %q[c], %[zero]\n"
        "vqmovnb.s16 %q[a], %q[a]\nvqmovnt.s16 %q[a], %q[c]\n"
        ".if %c[tail]\nvctp.8 %[left]\nvpst\nvstrbt.8 %q[a], [%[y]]\n.else\nvstrb.8 %q[a], [%[y]], #16\n.endif"
        : [a] "+w"(s.a), [b] "+w"(s.b), [c] "+w"(s.c), [d] "+w"(s.d), [scale] "+&r"(scale), [by] "=&w"(by), [sign] "=&w"(sign),
          [y] "+&r"(y)
        : [zero] "r"(zero), [left] "r"(left), [float32] "i"(std::is_same_v<Rounding, nn::int8::Float32>),
          [halves] "i"(Known.halves), [tail] "i"(Tail)
        : "p0", "memory");
    return scale;
  }
};

}  // namespace target
