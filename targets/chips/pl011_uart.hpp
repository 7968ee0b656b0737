// Arm's PrimeCell UART, PL011, at 115,200 baud. DDI 0183, chapter 3.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

template <std::uint32_t Base>
struct Pl011Uart {
  static void start(std::uint32_t hertz) {
    const std::uint32_t divisor = hertz * 4 / 115'200;  // in 64ths: 16 samples a bit
    register_at(Base + 0x24) = divisor / 64;            // IBRD
    register_at(Base + 0x28) = divisor % 64;            // FBRD
    register_at(Base + 0x2c) = 3u << 5;                 // LCRH: 8 bits; with the FIFO on, QEMU would lose what has come before
    register_at(Base + 0x30) = 1u << 0 | 3u << 8;       // CR: on, transmit and receive
  }

  static void put(char c) {
    while ((register_at(Base + 0x18) & 1u << 5) != 0) {  // FR: transmit FIFO full
    }
    register_at(Base) = static_cast<std::uint8_t>(c);
  }

  static char get() {
    while ((register_at(Base + 0x18) & 1u << 4) != 0) {  // FR: receive FIFO empty
    }
    return static_cast<char>(register_at(Base));
  }
};
