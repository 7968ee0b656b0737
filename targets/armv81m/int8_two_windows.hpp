// Two windows on rows as int8_layout.hpp has them: two by four sums in the even registers, six loads and eight products for 128
// products of codes, in turns, since a load and a product overlap. Armv8-M ARM (DDI 0553), VMLADAV.
//
// Sums of four rows become numbers of 16 bits in every second place, those of the next four fill the places between: eight codes
// are stored at once. Where a window is at most eight vectors in one piece, everything else stays in registers, too.
#pragma once

#include "int8_blocks.hpp"
#include "int8_codes.hpp"
#include "int8_layout.hpp"

namespace target {

template <Int8Blocks Blocks>
struct Int8TwoWindows {
  template <class Rounding>
  [[gnu::noinline]] static void run(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t pairs,
                                    bool backward, std::int8_t* y) {
    const std::int32_t next = windows.next, outputs = m.outputs;
    const std::int32_t eights = Blocks.four && outputs % 8 < 5 ? outputs / 8 * 8 : outputs;
    const std::int32_t further = backward ? -2 * next : 2 * next, y_further = backward ? -2 * outputs : 2 * outputs;
    const std::int32_t vectors = windows.length / 16, chunks = Blocks.loop ? (vectors + Blocks.vectors - 1) / Blocks.vectors : 1;
    const std::int32_t first = vectors - (chunks - 1) * Blocks.vectors;
    State state;
    state.runs = windows.runs;
    state.step = Blocks.tail ? windows.length % 16 : windows.step - windows.length;
    state.chunks = chunks;
    state.zero = m.range.zero;
    state.before = 56 * first - 1;
    for (const std::int8_t* x = windows.x; pairs > 0; --pairs, x += further, y += y_further) {
      state.first = x;
      state.second = x + next;
      const std::int8_t* w = m.laid_out;
      if (Blocks.eights && eights > 0) w = codes<Rounding, true>(w, state.at(y, outputs, eights));
      if (Blocks.four && eights < outputs) codes<Rounding, false>(w, state.at(y + eights, outputs, outputs - eights));
      clamp_if_needed(y, 2 * outputs, m.range);
    }
  }

 private:
  struct State {
    std::int32_t left;
    std::int8_t* y;
    std::int8_t* z;
    const std::int8_t* first;
    const std::int8_t* second;
    std::int32_t runs;
    std::int32_t step;  // from the end of a run to the next; or the length of the tail
    std::int32_t chunks;
    std::int32_t zero;
    std::int32_t before;    // bytes of code from where the first chunk begins to the end of a chunk, less the bit of Thumb
    std::uint32_t enter[2];  // where that is

    [[gnu::always_inline]] State& at(std::int8_t* codes, std::int32_t outputs, std::int32_t count) {
      y = codes;
      z = codes + outputs;
      left = count;
      return *this;
    }
  };

  // Codes of the rows at w, eight at a time, or of at most four; the end of these rows. r9, r11: windows. In registers: r1, r3:
  // codes, r7: how many are left; else r1, r3: runs and chunks left, r7: the state.
  template <class Rounding, bool Eight>
  [[gnu::always_inline]] static const std::int8_t* codes(const std::int8_t* rows, State& at) {
    // Four rows at r5, each by both windows.
    asm volatile(
        ".arch_extension mve.fp\n.macro products a, first, second\n"
        "\\first\nvldrb.8 q2, [r5], #16\nvmladav\\a\\().s8 r0, q0, q2\n\\second\nvmladav\\a\\().s8 r8, q1, q2\n"
        "vldrb.8 q3, [r5], #16\nvmladav\\a\\().s8 r2, q0, q3\nvmladav\\a\\().s8 r10, q1, q3\n"
        "vldrb.8 q2, [r5], #16\nvmladav\\a\\().s8 r4, q0, q2\nvmladav\\a\\().s8 r12, q1, q2\n"
        "vldrb.8 q3, [r5], #16\nvmladav\\a\\().s8 r6, q0, q3\nvmladav\\a\\().s8 lr, q1, q3\n.endm");
    register const std::int8_t* w asm("r5") = rows;
    register State* state asm("r7") = &at;
    asm volatile(
        "ldr r0, [r7, #32]\nvdup.16 q7, r0\nldrd r9, r11, [r7, #12]\n"
        ".if %c[registers]\nldrd r1, r3, [r7, #4]\nldr r7, [r7]\n.endif\n"
        ".if %c[entered]\nldr r0, [r7, #36]\n"
        ".irp half, 0, 1\n.if \\half <= %c[eight]\nadr.w r2, .Lend%=_\\half\nsub r2, r0\n"
        "str r2, [r7, #40 + 4 * \\half]\n.endif\n.endr\n.endif\n"
        "1:\n.irp half, 0, 1\n.if \\half <= %c[eight]\n"
        ".if %c[registers]\nvldrw.32 q6, [%[w]], #16\nproducts , \"vldrb.8 q0, [r9]\", \"vldrb.8 q1, [r11]\"\n"
        ".irp at, 16, 32, 48, 64, 80, 96, 112\n.if \\at < 16 * %c[vectors]\n"
        "products a, \"vldrb.8 q0, [r9, #\\at]\", \"vldrb.8 q1, [r11, #\\at]\"\n.endif\n.endr\n"
        ".else\nldm %[w], {r0, r2, r4, r6}\nldmia %[w]!, {r8, r10, r12, lr}\nldrd r9, r11, [r7, #12]\n"
        ".if %c[runs]\nldr r1, [r7, #20]\n.endif\n"
        "2:\n.if %c[loop]\nldr r3, [r7, #28]\n.endif\n.if %c[entered]\nldr pc, [r7, #40 + 4 * \\half]\n.endif\n"
        "3:\n.rept %c[vectors]\nproducts a, \"vldrb.8 q0, [r9], #16\", \"vldrb.8 q1, [r11], #16\"\n.endr\n"
        ".if %c[loop]\n.Lend%=_\\half\\():\nsubs r3, #1\nbne 3b\n.endif\n"
        ".if %c[runs]\nldr r3, [r7, #24]\nadd r9, r3\nadd r11, r3\nsubs r1, #1\nbne 2b\n.endif\n"
        ".if %c[tail]\nldr r3, [r7, #24]\nvctp.8 r3\n"
        "products a, \"vpst; vldrbt.8 q0, [r9]\", \"vpst; vldrbt.8 q1, [r11]\"\n.endif\n.endif\n"
        "vmov q0[2], q0[0], r0, r4\nvmov q0[3], q0[1], r2, r6\nvmov q1[2], q1[0], r8, r12\nvmov q1[3], q1[1], r10, lr\n"
        ".if %c[registers]\nvadd.i32 q0, q0, q6\nvadd.i32 q1, q1, q6\n.endif\nvldrw.32 q2, [%[w]], #16\n"
        ".if %c[float32]\n.irp s, q0, q1\nvcvt.f32.s32 \\s, \\s\nvmul.f32 \\s, \\s, q2\nvcvtn.s32.f32 \\s, \\s\n.endr\n"
        ".else\nvqrdmulh.s32 q0, q0, q2\nvqrdmulh.s32 q1, q1, q2\nvldrw.32 q2, [%[w]], #16\n"
        ".irp s, q0, q1\nvshr.s32 q3, \\s, #31\nvadd.i32 \\s, \\s, q3\nvrshl.s32 \\s, \\s, q2\n.endr\n.endif\n"
        ".if \\half\nvqmovnt.s32 q4, q0\nvqmovnt.s32 q5, q1\n.else\nvqmovnb.s32 q4, q0\nvqmovnb.s32 q5, q1\n.endif\n"
        ".endif\n.endr\n"
        ".if !%c[registers]\nldm r7, {r0, r1, r3}\n.endif\n"
        ".if %c[eight]\n.irp s, q4, q5\nvqadd.s16 \\s, \\s, q7\nvqmovnb.s16 \\s, \\s\n.endr\n"
        ".if %c[registers]\nvctp.16 r7\n.else\nvctp.16 r0\n.endif\nvpstt\nvstrbt.16 q4, [r1], #8\nvstrbt.16 q5, [r3], #8\n"
        ".if %c[registers]\nsubs r7, #8\n.else\nsubs r0, #8\nstm r7, {r0, r1, r3}\n.endif\nbgt 1b\n"
        ".else\nvqmovnt.s32 q4, q1\nvqadd.s16 q4, q4, q7\nvqmovnb.s16 q4, q4\nvshr.u32 q5, q4, #16\n"
        ".if %c[registers]\nvctp.32 r7\n.else\nvctp.32 r0\n.endif\nvpstt\nvstrbt.32 q4, [r1]\nvstrbt.32 q5, [r3]\n.endif\n"
        ".purgem products"
        : [w] "+&r"(w), "+&r"(state)
        : [vectors] "i"(Blocks.vectors), [loop] "i"(Blocks.loop), [entered] "i"(Blocks.entered), [eight] "i"(Eight),
          [runs] "i"(Blocks.runs), [registers] "i"(Blocks.in_registers()), [tail] "i"(Blocks.tail),
          [float32] "i"(std::is_same_v<Rounding, nn::int8::Float32>)
        : "r0", "r1", "r2", "r3", "r4", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "q0", "q1", "q2", "q3", "q4", "q5", "q6",
          "q7", "cc", "p0", "memory");
    return w;
  }
};

// Of any layer: the blocks that suit the lengths of the runs.
struct AnyTwoWindows {
  template <class Rounding>
  [[gnu::noinline]] static void run(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t pairs,
                                    bool backward, std::int8_t* y) {
    constexpr auto any = [](int vectors, bool loop, bool runs, bool tail) {
      return Int8Blocks{vectors, loop, false, runs, tail, true, true};
    };
    const bool tail = windows.length % 16 != 0;
    if (windows.runs > 1) return Int8TwoWindows<any(1, true, true, false)>::run(m, windows, pairs, backward, y);
    if (tail && windows.length < 16) return Int8TwoWindows<any(0, false, false, true)>::run(m, windows, pairs, backward, y);
    if (tail) return Int8TwoWindows<any(1, true, false, true)>::run(m, windows, pairs, backward, y);
    switch (windows.length) {
      case 16: return Int8TwoWindows<any(1, false, false, false)>::run(m, windows, pairs, backward, y);
      case 32: return Int8TwoWindows<any(2, false, false, false)>::run(m, windows, pairs, backward, y);
      case 48: return Int8TwoWindows<any(3, false, false, false)>::run(m, windows, pairs, backward, y);
      default: return Int8TwoWindows<any(1, true, false, false)>::run(m, windows, pairs, backward, y);
    }
  }
};

}  // namespace target
