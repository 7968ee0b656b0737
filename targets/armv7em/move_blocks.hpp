// Blocks of 32 bytes to a place that may lie over theirs, at words: LDM and STM of eight registers, which C++ cannot ask for.
#pragma once

#include <cstddef>
#include <cstdint>

namespace target {

// From the lowest address up, to one below; `bytes`: a multiple of 32, not 0.
inline void move_blocks_down(std::byte* to, const std::byte* from, std::int32_t bytes) {
  asm volatile(
      "1:\n"
      "ldmia %[from]!, {r3, r4, r5, r6, r8, r9, r10, r12}\n"
      "stmia %[to]!, {r3, r4, r5, r6, r8, r9, r10, r12}\n"
      "subs %[left], #32\n"
      "bne 1b"
      : [to] "+&r"(to), [from] "+&r"(from), [left] "+&r"(bytes)
      :
      : "cc", "memory", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r12");
}
// From the highest down, to one above; both are the ends.
inline void move_blocks_up(std::byte* to, const std::byte* from, std::int32_t bytes) {
  asm volatile(
      "1:\n"
      "ldmdb %[from]!, {r3, r4, r5, r6, r8, r9, r10, r12}\n"
      "stmdb %[to]!, {r3, r4, r5, r6, r8, r9, r10, r12}\n"
      "subs %[left], #32\n"
      "bne 1b"
      : [to] "+&r"(to), [from] "+&r"(from), [left] "+&r"(bytes)
      :
      : "cc", "memory", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r12");
}

}  // namespace target
