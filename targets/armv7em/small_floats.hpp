// Whether |x[i]| <= 2^20 for every i, by integers: 13 instructions for eight numbers. A number's bits without its sign are larger
// for larger sizes, largest for a NaN, and CMN carries where they and `room` make 2^32. Once it has carried, nothing else runs.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/gradient_limit.hpp"

namespace target {

[[gnu::noinline]] inline bool all_small(const float* x, std::size_t count) {
  constexpr std::uint32_t most = std::bit_cast<std::uint32_t>(nn::factor_limit) << 1;
  constexpr std::uint32_t room = std::uint32_t{0} - most - 2;
  if (std::size_t blocks = std::size_t{0} - count / 8; blocks != 0) {
    asm volatile(
        "1:\n"
        "ldmia %[x]!, {r3, r4, r5, r6, r8, r9, r10, r12}\n"
        "cmn %[room], r3, lsl #1\n"
        "itttt cc\n"
        "cmncc %[room], r4, lsl #1; cmncc %[room], r5, lsl #1\n"
        "cmncc %[room], r6, lsl #1; cmncc %[room], r8, lsl #1\n"
        "itttt cc\n"
        "cmncc %[room], r9, lsl #1; cmncc %[room], r10, lsl #1\n"
        "cmncc %[room], r12, lsl #1; addscc %[blocks], #1\n"  // carries with the last block
        "bcc 1b"
        : [x] "+&r"(x), [blocks] "+&r"(blocks)
        : [room] "r"(room)
        : "cc", "memory", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r12");
    if (blocks != 0) return false;
  }
  for (count %= 8; count > 0; --count, ++x)
    if (std::bit_cast<std::uint32_t>(*x) << 1 > most) return false;
  return true;
}

}  // namespace target
