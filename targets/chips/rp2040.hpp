// The clocks and pins of the RP2040. RP2040 Datasheet, sections 2.14 (resets), 2.15 (clocks), 2.16 (crystal), 2.18 (PLL) and
// 2.19 (pins).
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace rp2040 {

// Blocks, as bits of the reset controller.
inline constexpr std::uint32_t io_bank = 1u << 5, pads_bank = 1u << 8, pll_sys = 1u << 12, uart_0 = 1u << 22;

inline bool take_out_of_reset(std::uint32_t blocks) {
  clear_bits(0x4000c000, blocks);              // RESET
  return becomes(0x4000c008, blocks, blocks);  // RESET_DONE
}

// From a crystal of 12 MHz to 125 MHz, for the processor and the peripherals; returns Hz. If the crystal does not start, the
// ring oscillator's 6.5 MHz or so stay; if the PLL does not lock, the crystal's.
inline std::uint32_t start_clock() {
  constexpr std::uint32_t internal = 6'500'000;
  constexpr std::uint32_t crystal = 0x40024000, clocks = 0x40008000, pll = 0x40028000;
  constexpr std::uint32_t peripherals = clocks + 0x48;
  register_at(peripherals) = 1u << 11;           // CLK_PERI_CTRL: on, of clk_sys
  register_at(crystal + 0x0c) = 47;              // STARTUP: 1 ms
  register_at(crystal) = 0xaa0u | 0xfabu << 12;  // CTRL: 1 to 15 MHz, on
  if (!becomes(crystal + 0x04, 1u << 31, 1u << 31)) return internal;
  set_field(clocks + 0x30, 0, 2, 2);  // CLK_REF_CTRL: the crystal
  if (!becomes(clocks + 0x38, 1u << 2, 1u << 2)) return internal;
  constexpr std::uint32_t of_crystal = 12'000'000;
  if (!take_out_of_reset(pll_sys)) return of_crystal;
  register_at(pll) = 1;                       // CS: the crystal / 1
  register_at(pll + 0x08) = 125;              // FBDIV: 1,500 MHz
  clear_bits(pll + 0x04, 1u << 0 | 1u << 5);  // PWR: PLL and its oscillator on
  if (!becomes(pll, 1u << 31, 1u << 31)) return of_crystal;
  register_at(pll + 0x0c) = 6u << 16 | 2u << 12;  // PRIM: / 6 / 2
  clear_bits(pll + 0x04, 1u << 3);                // PWR: dividers on
  set_field(clocks + 0x3c, 5, 3, 0);              // CLK_SYS_CTRL: the PLL,
  set_field(clocks + 0x3c, 0, 1, 1);              // and not clk_ref
  return becomes(clocks + 0x44, 1u << 1, 1u << 1) ? 125'000'000 : of_crystal;
}

// Gives a pin to a peripheral: its function of table 279.
inline void use_pin(std::uint32_t pin, std::uint32_t function) { register_at(0x40014004 + 8 * pin) = function; }

}  // namespace rp2040
