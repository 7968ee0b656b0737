// Sums of the gates of a recurrent layer, requantized to 16 bits, on rows as int8_gate_layout.hpp has them: four rows at a time,
// of one widened vector (15 instructions for 16 products) or of two (12). Two rows become one word, and QADD16 adds what two
// matrices give.
#pragma once

#include <cstddef>
#include <cstdint>

#include "int8_gate_layout.hpp"

namespace target {

// A widened vector, and where the sums of its gates go. The loops have four times the same and are entered where the rest of
// four is left.
struct Int8GateVector {
  const std::int32_t* x;
  std::int32_t entry;  // in bytes of code
  const std::int32_t* end;
  std::int16_t* y;
  std::int16_t* y_next;  // of the second vector
  const std::int16_t* gate_end;
  std::int32_t gate_bytes;
  const std::int16_t* y_end;
  const Int8GateScale* scale;
};

struct Int8GateSums {
  static constexpr std::int32_t add_bytes = 60, two_bytes = 96;  // of code for four codes

  // y += W·x + b of all gates, saturated. Four codes of x are two words.
  [[gnu::noinline]] static void add(const std::int8_t* w, Int8GateVector all) {
    std::uint32_t s0, s1, t0, t1, a, b, u, v, by, half, shift;
    const std::int32_t* x;
    asm volatile(
        ".macro products code, s, t, w\n"
        "smlad \\s, \\code, \\w, \\s\nsxtb16 \\w, \\w\nsmlad \\t, \\code, \\w, \\t\n"
        ".endm\n"
        "0:\n"
        "ldr %[a], %[scale]\nldrd %[by], %[half], [%[a]], #8\nldr %[shift], [%[a]], #4\nstr %[a], %[scale]\n"
        "1:\n"
        "ldrd %[s0], %[s1], [%[w]], #8\n"
        "mov %[t0], %[s0]\nmov %[t1], %[s1]\n"
        "ldrd %[x], %[a], %[all]\nadr %[b], 3f\nadd %[b], %[a]\nmov pc, %[b]\n"
        "2:\n"
        ".rept 4\n"
        "3:\n"
        "ldrd %[a], %[b], [%[x]], #8\n"
        ".irp code, %[a], %[b]\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "products \\code, %[s0], %[t0], %[u]\nproducts \\code, %[s1], %[t1], %[v]\n"
        ".endr\n"
        ".endr\n"
        "ldr %[a], %[end]\ncmp %[x], %[a]\nbne 2b\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "sub %[s0], %[s0], %[t0]\nadd %[s0], %[u], %[s0], asr #7\nlsl %[t0], #1\n"
        "sub %[s1], %[s1], %[t1]\nadd %[s1], %[v], %[s1], asr #7\nlsl %[t1], #1\n"
        ".irp sum, %[s0], %[s1], %[t0], %[t1]\n"
        "add %[a], %[half], \\sum, asr #31\nsmmlar \\sum, \\sum, %[by], %[a]\nasr \\sum, %[shift]\nssat \\sum, #16, \\sum\n"
        ".endr\n"
        "ldr %[b], %[y]\n"
        "pkhbt %[t0], %[t0], %[s0], lsl #16\npkhbt %[t1], %[t1], %[s1], lsl #16\n"
        "ldrd %[u], %[v], [%[b]]\n"
        "qadd16 %[u], %[u], %[t0]\nqadd16 %[v], %[v], %[t1]\n"
        "strd %[u], %[v], [%[b]], #8\n"
        "str %[b], %[y]\n"
        "ldrd %[a], %[v], %[gate_end]\ncmp %[b], %[a]\nbne 1b\n"
        "add %[a], %[v]\nstr %[a], %[gate_end]\nldr %[u], %[y_end]\ncmp %[b], %[u]\nbne 0b\n"
        ".purgem products"
        : [x] "=&r"(x), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [t0] "=&r"(t0), [t1] "=&r"(t1), [a] "=&r"(a), [b] "=&r"(b),
          [u] "=&r"(u), [v] "=&r"(v), [by] "=&r"(by), [half] "=&r"(half), [shift] "=&r"(shift), [y] "+m"(all.y),
          [gate_end] "+m"(all.gate_end), [scale] "+m"(all.scale)
        : [all] "m"(all), [end] "m"(all.end), [y_end] "m"(all.y_end)
        : "cc", "memory");
  }

  // y, y_next = W·x + b of two vectors, whose words take turns.
  [[gnu::noinline]] static void two(const std::int8_t* w, Int8GateVector all) {
    std::uint32_t s0, s1, s2, s3, t0, t1, t2, t3, a, b, u, v;
    const std::int32_t* x;
    asm volatile(
        ".macro products s, z, t, u, w\n"
        "smlad \\s, %[a], \\w, \\s\nsmlad \\z, %[b], \\w, \\z\nsxtb16 \\w, \\w\n"
        "smlad \\t, %[a], \\w, \\t\nsmlad \\u, %[b], \\w, \\u\n"
        ".endm\n"
        "1:\n"
        "ldrd %[s0], %[s2], [%[w]], #8\n"
        "mov %[s1], %[s0]\nmov %[t0], %[s0]\nmov %[t1], %[s0]\nmov %[s3], %[s2]\nmov %[t2], %[s2]\nmov %[t3], %[s2]\n"
        "ldrd %[x], %[a], %[all]\nadr %[b], 3f\nadd %[b], %[a]\nmov pc, %[b]\n"
        "2:\n"
        ".rept 4\n"
        "3:\n"
        ".rept 2\n"
        "ldrd %[a], %[b], [%[x]], #8\n"
        "ldrd %[u], %[v], [%[w]], #8\n"
        "products %[s0], %[s1], %[t0], %[t1], %[u]\nproducts %[s2], %[s3], %[t2], %[t3], %[v]\n"
        ".endr\n"
        ".endr\n"
        "ldr %[a], %[end]\ncmp %[x], %[a]\nbne 2b\n"
        "ldrd %[a], %[b], [%[w]], #8\n"
        "sub %[s0], %[s0], %[t0]\nadd %[s0], %[a], %[s0], asr #7\nsub %[s1], %[s1], %[t1]\nadd %[s1], %[a], %[s1], asr #7\n"
        "sub %[s2], %[s2], %[t2]\nadd %[s2], %[b], %[s2], asr #7\nsub %[s3], %[s3], %[t3]\nadd %[s3], %[b], %[s3], asr #7\n"
        "lsl %[t0], #1\nlsl %[t1], #1\nlsl %[t2], #1\nlsl %[t3], #1\n"
        "ldr %[x], %[scale]\nldrd %[u], %[v], [%[x]]\nldr %[b], [%[x], #8]\n"
        ".irp sum, %[s0], %[s1], %[s2], %[s3], %[t0], %[t1], %[t2], %[t3]\n"
        "add %[a], %[v], \\sum, asr #31\nsmmlar \\sum, \\sum, %[u], %[a]\nasr \\sum, %[b]\nssat \\sum, #16, \\sum\n"
        ".endr\n"
        "pkhbt %[t0], %[t0], %[s0], lsl #16\npkhbt %[t1], %[t1], %[s1], lsl #16\n"
        "pkhbt %[t2], %[t2], %[s2], lsl #16\npkhbt %[t3], %[t3], %[s3], lsl #16\n"
        "ldrd %[a], %[b], %[y]\nstrd %[t0], %[t2], [%[a]], #8\nstrd %[t1], %[t3], [%[b]], #8\nstrd %[a], %[b], %[y]\n"
        "ldrd %[u], %[v], %[gate_end]\ncmp %[a], %[u]\nbne 1b\n"
        "add %[u], %[v]\nstr %[u], %[gate_end]\nadd %[x], #12\nstr %[x], %[scale]\n"
        "ldr %[u], %[y_end]\ncmp %[a], %[u]\nbne 1b\n"
        ".purgem products"
        : [x] "=&r"(x), [w] "+&r"(w), [s0] "=&r"(s0), [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [t0] "=&r"(t0),
          [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [a] "=&r"(a), [b] "=&r"(b), [u] "=&r"(u), [v] "=&r"(v), [y] "+m"(all.y),
          "+m"(all.y_next), [gate_end] "+m"(all.gate_end), [scale] "+m"(all.scale)
        : [all] "m"(all), [end] "m"(all.end), [y_end] "m"(all.y_end)
        : "cc", "memory");
  }
};

}  // namespace target
