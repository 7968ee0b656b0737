// One window on rows as int8_layout.hpp has them: four rows at a time, a vector of the window loaded once for all. The loop ends
// within a vector by itself (DLSTP, LETP). Armv8-M ARM (DDI 0553), VMLADAV: sums lie in even registers.
#pragma once

#include "int8_codes.hpp"
#include "int8_layout.hpp"

namespace target {

struct Int8OneWindow {
  template <class Rounding>
  [[gnu::noinline]] static void run(const nn::Int8RowsOf<Rounding>& m, const nn::Int8Runs& window, std::int8_t* y) {
    const std::int8_t* w = m.laid_out;
    std::int8_t* to = y;
    std::int32_t left = m.outputs;
    for (; left > 4; left -= 8, to += 8) {
      const int32x4_t even = scaled<Rounding>(add(w, window), w);
      store_eight(even, scaled<Rounding>(add(w, window), w), m.range.zero, to, left);
    }
    if (left > 0) store_four(scaled<Rounding>(add(w, window), w), m.range.zero, to, left);
    clamp_if_needed(y, m.outputs, m.range);
  }

 private:
  // b + W·x of four rows. Runs but the last are whole vectors.
  [[gnu::always_inline]] static int32x4_t add(const std::int8_t*& w, const nn::Int8Runs& window) {
    const std::int8_t* x = window.x;
    std::int32_t runs = window.runs;
    int32x4_t sum;
    int8x16_t v;
    asm volatile(
        "ldmia %[w]!, {r0, r2, r4, r6}\n"
        "1:\n"
        "dlstp.8 lr, %[length]\n"
        "2:\n"
        "vldrb.8 %q[a], [%[x]], #16\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        "vmladava.s8 r0, %q[a], %q[v]\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        "vmladava.s8 r2, %q[a], %q[v]\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        "vmladava.s8 r4, %q[a], %q[v]\n"
        "vldrb.8 %q[v], [%[w]], #16\n"
        "vmladava.s8 r6, %q[a], %q[v]\n"
        "letp lr, 2b\n"
        "add %[x], %[x], %[step]\n"
        "subs %[runs], #1\n"
        "bne 1b\n"
        "vmov %q[a][2], %q[a][0], r0, r4\n"
        "vmov %q[a][3], %q[a][1], r2, r6"
        : [w] "+&r"(w), [x] "+&r"(x), [runs] "+&r"(runs), [a] "=&w"(sum), [v] "=&w"(v)
        : [length] "r"(window.length), [step] "r"(window.step - window.length)
        : "r0", "r2", "r4", "r6", "lr", "cc", "memory");
    return sum;
  }
};

}  // namespace target
