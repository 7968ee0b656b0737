// The clock of the STM32 L4 (RM0351, sections 3.3 and 6.4) and L4+ (L4R, L4S; RM0432, sections 3.3, 5.1.8 and 6.4).
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace stm32l4 {

inline constexpr std::uint32_t rcc = 0x40021000;
inline constexpr std::uint32_t ahb2enr = rcc + 0x4c, apb1enr1 = rcc + 0x58, apb1enr2 = rcc + 0x5c,
                               apb2enr = rcc + 0x60;
inline constexpr std::uint32_t pwr = 0x40007000;

// From the internal oscillator of 4 MHz to so many, even, of 32 to 80, or to 120 of an L4+, for the processor and all buses;
// returns Hz. The power interface is on thereafter. If the PLL does not lock, 4 MHz stay.
inline std::uint32_t start_clock(std::uint32_t megahertz) {
  constexpr std::uint32_t internal = 4'000'000;
  const bool boost = megahertz > 80;
  set_bits(apb1enr1, 1u << 28);                            // power interface
  if (boost) clear_bits(pwr + 0x80, 1u << 8);              // CR5
  register_at(0x40022000) = (boost ? 5u : 4u) | 7u << 8;   // FLASH_ACR: wait states, prefetch, both caches
  register_at(rcc + 0x0c) = 1u | 0u << 4 | megahertz / 2 << 8 | 1u << 24 | 0u << 25;  // PLLCFGR: of MSI, M = 1, N, R on, R = 2
  set_bits(rcc, 1u << 24);                                                            // CR: PLLON
  if (!becomes(rcc, 1u << 25, 1u << 25)) return internal;
  register_at(rcc + 0x08) = 8u << 4 | 3u;  // CFGR: PLL, at first halved
  if (!becomes(rcc + 0x08, 3u << 2, 3u << 2)) return internal;
  for (int wait = 0; wait < 100; ++wait) asm volatile("nop");  // at least 1 microsecond
  set_field(rcc + 0x08, 4, 4, 0);
  return megahertz * 1'000'000;
}

// The supply of port G.
inline void power_port_g() { set_bits(pwr + 0x04, 1u << 9); }  // CR2: IOSV

}  // namespace stm32l4
