// SysTick as a clock: 24 bits that count down, its wraps counted by interrupt. Under QEMU with -icount shift=5 an
// instruction takes 32 ns of the board's time, so the ticks are instructions times a ratio that the board states.
// ARMv7-M Architecture Reference Manual, section B3.3.
#pragma once

#include <cstdint>

#include "register.hpp"

// Instructions per tick as a fraction.
template <std::uint32_t Numerator, std::uint32_t Denominator>
struct SysTick {
  static inline volatile std::uint32_t wraps = 0;

  static void start() {
    register_at(0xe000e014) = top;  // RVR
    register_at(0xe000e018) = 0;    // CVR
    register_at(0xe000e010) = 7;    // CSR: processor clock, interrupt, enable
  }

  static void wrapped() { wraps = wraps + 1; }

  static std::uint64_t instructions() {
    std::uint32_t before;
    std::uint32_t left;
    do {
      before = wraps;
      left = register_at(0xe000e018);
    } while (before != wraps);
    const std::uint64_t ticks = std::uint64_t{before} * (top + 1) + (top - left);
    return (ticks * Numerator + Denominator / 2) / Denominator;
  }

 private:
  static constexpr std::uint32_t top = 0xffffff;
};
