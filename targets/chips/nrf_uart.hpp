// The UART of the nRF51 and, as the old one, of the nRF52, at 115,200 baud. nRF51 Series Reference Manual 3.0.1, chapter 29.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

template <std::uint32_t OutputPin, std::uint32_t InputPin>
struct NrfUart {
  static void start() {
    register_at(0x50000518) = 1u << OutputPin;     // GPIO DIRSET: output
    register_at(base + 0x50c) = OutputPin;         // PSELTXD
    register_at(base + 0x514) = InputPin;    // PSELRXD
    register_at(base + 0x524) = 0x01d7e000;  // BAUDRATE
    register_at(base + 0x500) = 4;           // ENABLE
    register_at(base + 0x008) = 1;           // STARTTX
    register_at(base + 0x000) = 1;           // STARTRX
  }

  static void put(char c) {
    register_at(base + 0x11c) = 0;  // TXDRDY
    register_at(base + 0x51c) = static_cast<std::uint8_t>(c);
    while (register_at(base + 0x11c) == 0) {
    }
  }

  static char get() {
    while (register_at(base + 0x108) == 0) {  // RXDRDY
    }
    register_at(base + 0x108) = 0;
    return static_cast<char>(register_at(base + 0x518));
  }

 private:
  static constexpr std::uint32_t base = 0x40002000;
};
