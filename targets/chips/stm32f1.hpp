// The clock of the STM32 F100. RM0041, section 6.3.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace stm32f1 {

inline constexpr std::uint32_t rcc = 0x40021000;
inline constexpr std::uint32_t apb2enr = rcc + 0x18;

// From a crystal of 8 MHz to 24 MHz, for the processor and all buses; returns Hz. If the crystal does not start, the
// internal 8 MHz stay.
inline std::uint32_t start_clock() {
  constexpr std::uint32_t internal = 8'000'000;
  set_bits(rcc, 1u << 16);  // CR: HSEON
  if (!becomes(rcc, 1u << 17, 1u << 17)) return internal;
  register_at(rcc + 0x04) = 1u << 16 | 1u << 18;  // CFGR: PLL of HSE, · 3
  set_bits(rcc, 1u << 24);                        // CR: PLLON
  if (!becomes(rcc, 1u << 25, 1u << 25)) return internal;
  set_field(rcc + 0x04, 0, 2, 2);
  return becomes(rcc + 0x04, 3u << 2, 2u << 2) ? 24'000'000 : internal;
}

}  // namespace stm32f1
