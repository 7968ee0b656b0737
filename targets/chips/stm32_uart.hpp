// The UARTs of STM32, at 115,200 baud: the older kind (F1, F2, F4; RM0090 section 30.6), the newer kind (L4, H7; RM0433
// section 48.7) and the low-power one of the newer kind (RM0432 section 51.7).
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

template <std::uint32_t Base>
struct StmUart {
  // Hertz of its bus.
  static void start(std::uint32_t hertz) {
    register_at(Base + 0x08) = (hertz + 57'600) / 115'200;  // BRR
    register_at(Base + 0x0c) = 1u << 13 | 3u << 2;          // CR1: on, transmit and receive
  }

  static void put(char c) {
    while ((register_at(Base) & 1u << 7) == 0) {  // SR: empty
    }
    register_at(Base + 0x04) = static_cast<std::uint8_t>(c);
  }

  static char get() {
    while ((register_at(Base) & 1u << 5) == 0) {  // SR: nothing received
    }
    return static_cast<char>(register_at(Base + 0x04));
  }
};

template <std::uint32_t Base>
struct NewStmUart {
  static void start(std::uint32_t hertz) {
    register_at(Base + 0x0c) = (hertz + 57'600) / 115'200;  // BRR
    register_at(Base) = 1u << 0 | 3u << 2;                  // CR1: on, transmit and receive
  }

  static void put(char c) {
    while ((register_at(Base + 0x1c) & 1u << 7) == 0) {  // ISR: empty
    }
    register_at(Base + 0x28) = static_cast<std::uint8_t>(c);
  }

  static char get() {
    while ((register_at(Base + 0x1c) & 1u << 5) == 0) {  // ISR: nothing received
    }
    return static_cast<char>(register_at(Base + 0x24));
  }
};

template <std::uint32_t Base>
struct StmLowPowerUart : NewStmUart<Base> {
  static void start(std::uint32_t hertz) {
    register_at(Base + 0x0c) = hertz / 450;  // BRR: hertz · 256 / 115,200
    register_at(Base) = 1u << 0 | 3u << 2;
  }
};
