// Sums of a gate of an LSTM, requantized to 16 bits, on rows as int8_lstm_layout.hpp has them: four rows at a time, of one widened
// vector (15 instructions for 16 products) or of two (12). Two rows become one word, and QADD16 adds what two matrices give.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_lstm_layout.hpp"

namespace target {

// A widened vector, where its last sums go, and the end of those; `odd`: its fours of codes are odd in number, and the loops, which
// take two, begin in their middle.
struct Int8LstmVector {
  const std::int32_t* x;
  std::int32_t odd;
  const std::int32_t* end;
  std::int16_t* y = nullptr;
  std::int16_t* y_next = nullptr;  // of the second vector
  const std::int16_t* y_end = nullptr;
};

struct Int8LstmSums {
  // y += W·x + b, of one gate, saturated. Four codes of x are two words. Returns the end of the weights.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const Int8LstmScale& scale, Int8LstmVector all) {
    const std::int32_t by_multiplier = scale.multiplier, half = scale.half, by = scale.by;
    std::uint32_t s0, s1, t0, t1, a, b, u, v;
    const std::int32_t* x;
    asm volatile(
        "1:\n"
        "ldrd %[s0], %[s1], [%[w]], #8\n"
        "mov %[t0], %[s0]\nmov %[t1], %[s1]\n"
        "ldrd %[x], %[a], %[all]\n"
        "cmp %[a], #0\n"
        "bne 3f\n"
        ".irp part, 2, 3\n"
        "\\part:\n"
        "ldrd %[a], %[b], [%[x]], #8\n"
        ".irp code, %[a], %[b]\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "smlad %[s0], \\code, %[u], %[s0]\nsxtb16 %[u], %[u]\nsmlad %[t0], \\code, %[u], %[t0]\n"
        "smlad %[s1], \\code, %[v], %[s1]\nsxtb16 %[v], %[v]\nsmlad %[t1], \\code, %[v], %[t1]\n"
        ".endr\n"
        ".endr\n"
        "ldr %[a], %[end]\n"
        "cmp %[x], %[a]\n"
        "bne 2b\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "sub %[s0], %[s0], %[t0]\nadd %[s0], %[u], %[s0], asr #7\nlsl %[t0], #1\n"
        "sub %[s1], %[s1], %[t1]\nadd %[s1], %[v], %[s1], asr #7\nlsl %[t1], #1\n"
        ".irp sum, %[s0], %[s1], %[t0], %[t1]\n"
        "add %[a], %[half], \\sum, asr #31\nsmmlar \\sum, \\sum, %[m], %[a]\nasr \\sum, %[by]\nssat \\sum, #16, \\sum\n"
        ".endr\n"
        "ldr %[b], %[y]\n"
        "pkhbt %[t0], %[t0], %[s0], lsl #16\npkhbt %[t1], %[t1], %[s1], lsl #16\n"
        "ldrd %[u], %[v], [%[b]]\n"
        "qadd16 %[u], %[u], %[t0]\nqadd16 %[v], %[v], %[t1]\n"
        "strd %[u], %[v], [%[b]], #8\n"
        "str %[b], %[y]\n"
        "ldr %[a], %[y_end]\n"
        "cmp %[b], %[a]\n"
        "bne 1b"
        : [x] "=&r"(x), [w] "+r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [t0] "=&r"(t0), [t1] "=&r"(t1), [a] "=&r"(a), [b] "=&r"(b),
          [u] "=&r"(u), [v] "=&r"(v), [y] "+m"(all.y)
        : [m] "r"(by_multiplier), [half] "r"(half), [by] "r"(by), [all] "m"(all), [end] "m"(all.end), [y_end] "m"(all.y_end)
        : "cc", "memory");
    return w;
  }

  // y, y_next = W·x + b of two vectors, whose words take turns.
  [[gnu::always_inline]] static const std::int8_t* two(const std::int8_t* w, const Int8LstmScale& scale, Int8LstmVector all) {
    const Int8LstmScale by = scale;
    std::uint32_t s0, s1, s2, s3, t0, t1, t2, t3, a, b, u, v;
    const std::int32_t* x;
    asm volatile(
        "1:\n"
        "ldrd %[s0], %[s2], [%[w]], #8\n"
        "mov %[s1], %[s0]\nmov %[t0], %[s0]\nmov %[t1], %[s0]\nmov %[s3], %[s2]\nmov %[t2], %[s2]\nmov %[t3], %[s2]\n"
        "ldrd %[x], %[a], %[all]\n"
        "cmp %[a], #0\n"
        "bne 3f\n"
        ".irp part, 2, 3\n"
        "\\part:\n"
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
        "bne 2b\n"
        "ldrd %[a], %[b], [%[w]], #8\n"
        "sub %[s0], %[s0], %[t0]\nadd %[s0], %[a], %[s0], asr #7\nsub %[s1], %[s1], %[t1]\nadd %[s1], %[a], %[s1], asr #7\n"
        "sub %[s2], %[s2], %[t2]\nadd %[s2], %[b], %[s2], asr #7\nsub %[s3], %[s3], %[t3]\nadd %[s3], %[b], %[s3], asr #7\n"
        "lsl %[t0], #1\nlsl %[t1], #1\nlsl %[t2], #1\nlsl %[t3], #1\n"
        "ldrd %[u], %[v], %[scale]\nldr %[b], %[by]\n"
        ".irp sum, %[s0], %[s1], %[s2], %[s3], %[t0], %[t1], %[t2], %[t3]\n"
        "add %[a], %[v], \\sum, asr #31\nsmmlar \\sum, \\sum, %[u], %[a]\nasr \\sum, %[b]\nssat \\sum, #16, \\sum\n"
        ".endr\n"
        "pkhbt %[t0], %[t0], %[s0], lsl #16\npkhbt %[t1], %[t1], %[s1], lsl #16\n"
        "pkhbt %[t2], %[t2], %[s2], lsl #16\npkhbt %[t3], %[t3], %[s3], lsl #16\n"
        "ldrd %[a], %[b], %[y]\nstrd %[t0], %[t2], [%[a]], #8\nstrd %[t1], %[t3], [%[b]], #8\nstrd %[a], %[b], %[y]\n"
        "ldr %[u], %[y_end]\n"
        "cmp %[a], %[u]\n"
        "bne 1b"
        : [x] "=&r"(x), [w] "+r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0),
          [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "=&r"(a), [b] "=&r"(b), [u] "=&r"(u), [v] "=&r"(v), [y] "+m"(all.y), "+m"(all.y_next)
        : [all] "m"(all), [end] "m"(all.end), [y_end] "m"(all.y_end), [scale] "m"(by), [by] "m"(by.by)
        : "cc", "memory");
    return w;
  }
};

}  // namespace target
