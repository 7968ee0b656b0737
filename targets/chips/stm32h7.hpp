// The clock of the STM32 H743. RM0433, sections 4.3.9 (flash), 6.8 (power) and 8.7 (clocks).
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace stm32h7 {

inline constexpr std::uint32_t rcc = 0x58024400;
inline constexpr std::uint32_t ahb4enr = rcc + 0xe0, apb1lenr = rcc + 0xe8;
inline constexpr std::uint32_t pwr = 0x58024800;

// From 8 MHz fed in (of the ST-Link) to 400 MHz for the processor and a quarter for the peripheral buses; returns Hz of
// these. If there are none, the internal 64 MHz stay.
inline std::uint32_t start_clock() {
  constexpr std::uint32_t internal = 64'000'000;
  register_at(pwr + 0x0c) = 1u << 1;                              // CR3: supplied by the internal regulator; can be written once
  if (!becomes(pwr + 0x04, 1u << 13, 1u << 13)) return internal;  // CSR1: the supply stands
  set_field(pwr + 0x18, 14, 2, 3);                                // D3CR: voltage scale 1
  if (!becomes(pwr + 0x18, 1u << 13, 1u << 13)) return internal;
  set_bits(rcc, 1u << 18);  // CR: HSEBYP
  set_bits(rcc, 1u << 16);  // CR: HSEON
  if (!becomes(rcc, 1u << 17, 1u << 17)) return internal;
  register_at(rcc + 0x28) = 2u | 1u << 4;                                // PLLCKSELR: HSE, M1 = 1
  register_at(rcc + 0x2c) = 3u << 2 | 1u << 16;                          // PLLCFGR: 8 to 16 MHz in, wide oscillator, P on
  register_at(rcc + 0x30) = (100u - 1) | 1u << 9 | 1u << 16 | 1u << 24;  // PLL1DIVR: N = 100, P = Q = R = 2
  set_bits(rcc, 1u << 24);                                               // CR: PLL1ON
  if (!becomes(rcc, 1u << 25, 1u << 25)) return internal;
  register_at(rcc + 0x18) = 8u | 4u << 4;       // D1CFGR: AHB 200 MHz, APB3 100 MHz
  register_at(rcc + 0x1c) = 4u << 4 | 4u << 8;  // D2CFGR: APB1 and APB2 100 MHz
  register_at(rcc + 0x20) = 4u << 4;            // D3CFGR: APB4 100 MHz
  register_at(0x52002000) = 2u | 2u << 4;       // FLASH_ACR: 2 wait states, for up to 210 MHz
  if (!becomes(0x52002000, 15, 2)) return internal / 4;
  set_field(rcc + 0x10, 0, 3, 3);  // CFGR: PLL1
  return becomes(rcc + 0x10, 7u << 3, 3u << 3) ? 100'000'000 : internal / 4;
}

// Instructions come from flash; data lie in tightly coupled RAM. ARMv7-M Architecture Reference Manual, section B2.2.
inline void start_instruction_cache() {
  asm volatile("dsb\n isb");
  register_at(0xe000ef50) = 0;  // ICIALLU
  asm volatile("dsb\n isb");
  set_bits(0xe000ed14, 1u << 17);  // CCR: IC
  asm volatile("dsb\n isb");
}

}  // namespace stm32h7
