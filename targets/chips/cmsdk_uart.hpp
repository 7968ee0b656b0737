// The UART of Arm's Cortex-M System Design Kit, on the MPS2 boards. DDI 0479, section 4.3.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

template <std::uint32_t Base>
struct CmsdkUart {
  static void start() {
    register_at(Base + 0x10) = 16;  // BAUDDIV: the smallest allowed
    register_at(Base + 0x08) = 3;   // CTRL: transmit and receive
  }

  static void put(char c) {
    while ((register_at(Base + 0x04) & 1) != 0) {  // STATE: transmit buffer full
    }
    register_at(Base) = static_cast<std::uint8_t>(c);
  }

  static char get() {
    while ((register_at(Base + 0x04) & 2) == 0) {  // STATE: nothing received
    }
    return static_cast<char>(register_at(Base));
  }
};
