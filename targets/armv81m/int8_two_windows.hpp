// Two windows on rows as int8_layout.hpp has them: two by four sums in the even registers, six loads and eight products for 128
// products of codes, in turns, since a load and a product overlap. Armv8-M ARM (DDI 0553), VMLADAV.
#pragma once

#include "int8_codes.hpp"
#include "int8_layout.hpp"

namespace target {

enum class Int8Loop { none, runs, chunks };

// Vectors: so many are unrolled. none: they are the only run; runs: they are a run; chunks: a run has several times as many.
// Tail: the only run ends within one more vector.
template <int Vectors, Int8Loop Loop, bool Tail>
struct Int8TwoWindows {
  // `pairs` of windows, each two behind the one before, or before it.
  template <class Rounding>
  [[gnu::noinline]] static void run(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& windows, std::int32_t pairs, bool backward, std::int8_t* y) {
    Loops loops{windows.x, nullptr, 0, Tail ? windows.length % 16 : windows.step - windows.length,
                windows.length / (16 * (Vectors > 0 ? Vectors : 1)), {nullptr, nullptr, 0, m.range.zero}};
    const std::int32_t next = windows.next, outputs = m.outputs;
    const std::int32_t further = backward ? -2 * next : 2 * next, y_further = backward ? -2 * outputs : 2 * outputs;
    for (const std::int8_t* x = windows.x; pairs > 0; --pairs, x += further, y += y_further) {
      const std::int8_t* w = m.laid_out;
      loops.x = x;
      loops.z = x + next;
      loops.runs = windows.runs;
      loops.to.y = y;
      loops.to.z = y + outputs;
      loops.to.left = outputs;
      do {
        int32x4_t first, second;
        w = add(w, loops, first, second);
        w = loops.to.template write<Rounding>(first, second, w);
      } while (loops.to.left > 0);
      clamp_if_needed(y, 2 * outputs, m.range);
    }
  }

 private:
  struct Loops {
    const std::int8_t* x;
    const std::int8_t* z;
    std::int32_t runs;
    std::int32_t step;  // from the end of a run to the next; or the length of the tail
    std::int32_t chunks;
    Int8Codes to;
  };

  // b + W·x of four rows and two windows; the end of their weights. r1, r3: windows. r7, r9: runs and chunks left.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const Loops& loops, int32x4_t& first, int32x4_t& second) {
    int8x16_t v, u;
    asm volatile(
        "ldmia %[w]!, {r0, r2, r4, r6}\n"
        "mov r8, r0\nmov r10, r2\nmov r12, r4\nmov lr, r6\n"
        "ldrd r1, r3, [%[loops]]\n"
        ".if %c[loop]\nldrd r7, r9, [%[loops], #8]\n.endif\n"
        "1:\n.if %c[loop] > 1\nldr r9, [%[loops], #16]\n.endif\n"
        "2:\n"
        ".rept %c[vectors]\n"
        "vldrb.8 %q[a], [r1], #16\nvldrb.8 %q[v], [%[w]], #16\nvmladava.s8 r0, %q[a], %q[v]\n"
        "vldrb.8 %q[b], [r3], #16\nvmladava.s8 r8, %q[b], %q[v]\n"
        "vldrb.8 %q[u], [%[w]], #16\nvmladava.s8 r2, %q[a], %q[u]\nvmladava.s8 r10, %q[b], %q[u]\n"
        "vldrb.8 %q[v], [%[w]], #16\nvmladava.s8 r4, %q[a], %q[v]\nvmladava.s8 r12, %q[b], %q[v]\n"
        "vldrb.8 %q[u], [%[w]], #16\nvmladava.s8 r6, %q[a], %q[u]\nvmladava.s8 lr, %q[b], %q[u]\n"
        ".endr\n"
        ".if %c[loop] > 1\nsubs r9, #1\nbne 2b\n.endif\n"
        ".if %c[loop] > 1\nldr r9, [%[loops], #12]\n.endif\n"
        ".if %c[loop] && !%c[tail]\nadd r1, r9\nadd r3, r9\nsubs r7, #1\n.if %c[loop] > 1\nbne 1b\n.else\nbne 2b\n.endif\n.endif\n"
        ".if %c[tail]\n"
        "ldr r9, [%[loops], #12]\nvctp.8 r9\nvpstt\nvldrbt.8 %q[a], [r1]\nvldrbt.8 %q[b], [r3]\n"
        "vldrb.8 %q[v], [%[w]], #16\nvmladava.s8 r0, %q[a], %q[v]\nvmladava.s8 r8, %q[b], %q[v]\n"
        "vldrb.8 %q[u], [%[w]], #16\nvmladava.s8 r2, %q[a], %q[u]\nvmladava.s8 r10, %q[b], %q[u]\n"
        "vldrb.8 %q[v], [%[w]], #16\nvmladava.s8 r4, %q[a], %q[v]\nvmladava.s8 r12, %q[b], %q[v]\n"
        "vldrb.8 %q[u], [%[w]], #16\nvmladava.s8 r6, %q[a], %q[u]\nvmladava.s8 lr, %q[b], %q[u]\n"
        ".endif\n"
        "vmov %q[a][2], %q[a][0], r0, r4\nvmov %q[a][3], %q[a][1], r2, r6\n"
        "vmov %q[b][2], %q[b][0], r8, r12\nvmov %q[b][3], %q[b][1], r10, lr"
        : [w] "+r"(w), [a] "=&w"(first), [b] "=&w"(second), [v] "=&w"(v), [u] "=&w"(u)
        : [loops] "r"(&loops), [vectors] "i"(Vectors), [loop] "i"(Loop), [tail] "i"(Tail)
        : "r0", "r1", "r2", "r3", "r4", "r6", "r7", "r8", "r9", "r10", "r12", "lr", "cc", "p0", "memory");
    return w;
  }
};

}  // namespace target
