// Pins of the STM32 F2, F4, L4 and H7. RM0090, section 8.4.
#pragma once

#include <cstdint>

#include "cortex_m/register.hpp"

// Gives pin 0 to 15 of the port at `base` to a peripheral: its alternate function 0 to 15.
inline void use_pin(std::uint32_t base, std::uint32_t pin, std::uint32_t function) {
  set_field(base + 0x20 + pin / 8 * 4, pin % 8 * 4, 4, function);  // AFRL, AFRH
  set_field(base, pin * 2, 2, 2);                                  // MODER: alternate function
}
