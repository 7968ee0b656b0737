// The clock and pins of the Stellaris LM3S6965. Data sheet DS-LM3S6965, sections 5.4 and 8.4.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

namespace lm3s {

inline constexpr std::uint32_t system = 0x400fe000;

// From a crystal of 8 MHz to 50 MHz; returns Hz. If the PLL does not lock, the internal 12 MHz stay.
inline std::uint32_t start_clock() {
  constexpr std::uint32_t rcc = system + 0x60;
  const std::uint32_t reset = register_at(rcc);
  constexpr std::uint32_t bypass = 1u << 11;
  constexpr std::uint32_t wanted = 14u << 6 | 3u << 23 | 1u << 22;  // 8 MHz, 200 MHz / 4
  register_at(rcc) = wanted | bypass;
  if (!becomes(system + 0x50, 1u << 6, 1u << 6)) {  // RIS: PLL locked
    register_at(rcc) = reset;
    return 12'000'000;
  }
  register_at(rcc) = wanted;
  return 50'000'000;
}

// PA0 and PA1 to UART 0.
inline void use_uart_pins() {
  constexpr std::uint32_t port = 0x40004000;
  set_bits(system + 0x104, 1u << 0);  // RCGC1: UART 0
  set_bits(system + 0x108, 1u << 0);  // RCGC2: port A
  [[maybe_unused]] const std::uint32_t wait = register_at(system + 0x108);
  set_bits(port + 0x420, 3);  // AFSEL
  set_bits(port + 0x51c, 3);  // DEN
}

}  // namespace lm3s
