// Olimex STM32-H405: a crystal of 8 MHz, 168 MHz. The console is USART1 at the pins PA9 and PA10 of its headers.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32f4.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmUart<0x40011000>;
using Clock = InstructionClock<SysTick, 168'000'000>;

inline void start() {
  const stm32f4::Buses hertz = stm32f4::start_clock(8, 168, 5);
  set_bits(stm32f4::ahb1enr, 1u << 0);  // port A
  set_bits(stm32f4::apb2enr, 1u << 4);  // USART1
  use_pin(0x40020000, 9, 7);
  use_pin(0x40020000, 10, 7);
  Uart::start(hertz.apb2);
}

}  // namespace board
