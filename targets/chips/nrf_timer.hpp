// TIMER0 of the nRF51 as a timer, since its silicon has no SysTick: 24 bits at 16 MHz, its wraps counted by interrupt.
// nRF51 Series Reference Manual 3.0.1, chapter 18.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

struct NrfTimer {
  static constexpr std::uint32_t interrupt = 8;
  static constexpr std::uint32_t vector = 16 + interrupt;

  static void start() {
    register_at(base + 0x504) = 0;              // MODE: timer
    register_at(base + 0x508) = 2;              // BITMODE: 24 bits
    register_at(base + 0x510) = 0;              // PRESCALER: 16 MHz
    register_at(base + 0x00c) = 1;              // CLEAR
    register_at(base + 0x544) = 0;              // CC[1]: reached at each wrap
    register_at(compared) = 0;                  // not yet
    register_at(base + 0x304) = 1u << 17;       // INTENSET: COMPARE[1]
    register_at(0xe000e100) = 1u << interrupt;  // NVIC ISER
    register_at(base + 0x000) = 1;              // START
  }

  static void wrapped() {
    register_at(compared) = 0;
    [[maybe_unused]] const std::uint32_t read_back = register_at(compared);  // gone before the interrupt returns
    wraps = wraps + 1;
  }

  static std::uint64_t ticks() {
    std::uint32_t before;
    std::uint32_t low;
    do {
      before = wraps;
      register_at(base + 0x040) = 1;  // CAPTURE[0]
      low = register_at(base + 0x540);
    } while (before != wraps);
    return (std::uint64_t{before} << 24) + low;
  }

 private:
  static constexpr std::uint32_t base = 0x40008000;
  static constexpr std::uint32_t compared = base + 0x144;  // EVENTS_COMPARE[1]
  static inline volatile std::uint32_t wraps = 0;
};
