// SysTick as a timer: 24 bits that count the processor's cycles down, its wraps counted by interrupt.
// ARMv7-M Architecture Reference Manual, section B3.3.
#pragma once

#include <cstdint>

#include "register.hpp"

struct SysTick {
  static constexpr std::uint32_t vector = 15;

  static void start() {
    register_at(0xe000e014) = top;  // RVR
    register_at(0xe000e018) = 0;    // CVR
    register_at(0xe000e010) = 7;    // CSR: processor clock, interrupt, enable
  }

  static void wrapped() { wraps = wraps + 1; }

  static std::uint64_t ticks() {
    std::uint32_t before;
    std::uint32_t left;
    do {
      before = wraps;
      left = register_at(0xe000e018);
    } while (before != wraps);
    return std::uint64_t{before} * (top + 1) + (top - left);
  }

 private:
  static constexpr std::uint32_t top = 0xffffff;
  static inline volatile std::uint32_t wraps = 0;
};
