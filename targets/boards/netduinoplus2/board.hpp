// Netduino Plus 2: a crystal of 25 MHz, 168 MHz. The console is USART1 at the pins SC (PB6) and SD (PB7).
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32f4.hpp"
#include "chips/stm32f4_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmUart<0x40011000>;
using Clock = InstructionClock<SysTick, 168'000'000>;

inline auto store_flash() { return stm32f4::Flash<store_region, 10>{}; }

inline void start() {
  const stm32f4::Buses hertz = stm32f4::start_clock(25, 168, 5);
  set_bits(stm32f4::ahb1enr, 1u << 1);  // port B
  set_bits(stm32f4::apb2enr, 1u << 4);  // USART1
  use_pin(0x40020400, 6, 7);
  use_pin(0x40020400, 7, 7);
  Uart::start(hertz.apb2);
}

}  // namespace board
