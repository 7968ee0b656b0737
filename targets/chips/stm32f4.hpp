// The clock of the STM32 F2 and F4. RM0090 (F4), sections 3.9 and 7.3; RM0033 (F2) has the same registers.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace stm32f4 {

inline constexpr std::uint32_t rcc = 0x40023800;
inline constexpr std::uint32_t ahb1enr = rcc + 0x30, apb1enr = rcc + 0x40, apb2enr = rcc + 0x44;

struct Buses {
  std::uint32_t apb1, apb2;  // Hz
};

// From a crystal of `crystal` MHz to a processor of `processor` MHz, whose flash needs so many wait states; the buses get a
// quarter and half of it. If the crystal does not start, the internal 16 MHz stay.
inline Buses start_clock(std::uint32_t crystal, std::uint32_t processor, std::uint32_t wait_states) {
  constexpr Buses internal{16'000'000, 16'000'000};
  set_bits(rcc, 1u << 16);  // CR: HSEON
  if (!becomes(rcc, 1u << 17, 1u << 17)) return internal;
  register_at(rcc + 0x04) = crystal | 2 * processor << 6 | 0u << 16 | 1u << 22 | 8u << 24;  // PLLCFGR: /M, ·N, P = 2, HSE, Q
  set_bits(rcc, 1u << 24);                                                                  // CR: PLLON
  if (!becomes(rcc, 1u << 25, 1u << 25)) return internal;
  register_at(0x40023c00) = wait_states | 7u << 8;  // FLASH_ACR: prefetch, both caches
  register_at(rcc + 0x08) = 5u << 10 | 4u << 13;    // CFGR: APB1 / 4, APB2 / 2, before the PLL
  set_field(rcc + 0x08, 0, 2, 2);
  if (!becomes(rcc + 0x08, 3u << 2, 2u << 2)) return {4'000'000, 8'000'000};
  return {processor * 250'000, processor * 500'000};
}

}  // namespace stm32f4
