// Blocks of 32 bytes to a place that may lie over theirs, at words: VLDM and VSTM, 128 bytes by all registers of the FPU.
#pragma once

#include <cstddef>
#include <cstdint>

namespace target {

// Up: from the highest address down, to one above, and both are the ends; else from the lowest up, to one below. `bytes`: a
// multiple of 32, not 0.
template <bool Up>
inline void move_long_blocks(std::byte* to, const std::byte* from, std::int32_t bytes) {
  asm volatile(
      ".macro move registers\n"
      ".if %c[up]\nvldmdb %[from]!, {\\registers}\nvstmdb %[to]!, {\\registers}\n"
      ".else\nvldmia %[from]!, {\\registers}\nvstmia %[to]!, {\\registers}\n.endif\n"
      ".endm\n"
      "subs %[left], #128\n"
      "blt 2f\n"
      "1:\n"
      "move d0-d15\n"
      "subs %[left], #128\n"
      "bge 1b\n"
      "2:\n"
      "adds %[left], #128\n"
      "beq 4f\n"
      "3:\n"
      "move d0-d3\n"
      "subs %[left], #32\n"
      "bne 3b\n"
      "4:\n"
      ".purgem move"
      : [to] "+&r"(to), [from] "+&r"(from), [left] "+&r"(bytes)
      : [up] "i"(Up)
      : "cc", "memory", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "d10", "d11", "d12", "d13", "d14", "d15");
}

}  // namespace target
