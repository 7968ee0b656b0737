// TIMER0 of the nRF51 as a clock, since its silicon has no SysTick: 32 bits at 16 MHz, extended by software. To be read
// at least every 268 s. nRF51 Series Reference Manual 3.0.1, chapter 18.
#pragma once

#include <cstdint>

#include "register.hpp"

// Instructions per tick as a fraction (16 MHz against 32 ns an instruction under -icount shift=5: 125/64).
template <std::uint32_t Numerator, std::uint32_t Denominator>
struct Nrf51Timer {
  static void start() {
    register_at(base + 0x504) = 0;  // MODE: timer
    register_at(base + 0x508) = 3;  // BITMODE: 32 bits
    register_at(base + 0x510) = 0;  // PRESCALER: 16 MHz
    register_at(base + 0x00c) = 1;  // CLEAR
    register_at(base + 0x000) = 1;  // START
  }

  static void wrapped() {}

  static std::uint64_t instructions() {
    register_at(base + 0x040) = 1;  // CAPTURE[0]
    const std::uint32_t low = register_at(base + 0x540);
    if (low < last) ++wraps;
    last = low;
    return (((std::uint64_t{wraps} << 32) | low) * Numerator + Denominator / 2) / Denominator;
  }

 private:
  static constexpr std::uint32_t base = 0x40008000;
  static inline std::uint32_t last = 0;
  static inline std::uint32_t wraps = 0;
};
