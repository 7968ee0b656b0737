// The nRF51 and nRF52 start on their internal oscillator, which is too coarse for a UART. nRF51 Series Reference Manual
// 3.0.1, chapter 12.
#pragma once

#include "cortex_m/register.hpp"

// False: it does not start, and the internal one goes on.
inline bool start_crystal() {
  register_at(0x40000100) = 0;  // EVENTS_HFCLKSTARTED
  register_at(0x40000000) = 1;  // TASKS_HFCLKSTART
  return becomes(0x40000100, 1, 1);
}
