// B-L475E-IOT01A: 80 MHz. The console is USART1 at the pins PB6 and PB7, which go to the ST-Link.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32l4.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = NewStmUart<0x40013800>;
using Clock = InstructionClock<SysTick, 80'000'000>;

inline void start() {
  const std::uint32_t hertz = stm32l4::start_clock(80);
  set_bits(stm32l4::ahb2enr, 1u << 1);   // port B
  set_bits(stm32l4::apb2enr, 1u << 14);  // USART1
  use_pin(0x48000400, 6, 7);
  use_pin(0x48000400, 7, 7);
  Uart::start(hertz);
}

}  // namespace board
