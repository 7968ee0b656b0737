// Stellaris LM3S6965 Evaluation Board: a crystal of 8 MHz, 50 MHz. The console is UART 0, which goes to USB.
#pragma once

#include "chips/lm3s.hpp"
#include "chips/pl011_uart.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = Pl011Uart<0x4000c000>;
using Clock = InstructionClock<SysTick, 50'000'000>;

inline void start() {
  const std::uint32_t hertz = lm3s::start_clock();
  lm3s::use_uart_pins();
  Uart::start(hertz);
}

}  // namespace board
