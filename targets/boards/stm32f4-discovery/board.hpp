// STM32F4 Discovery: a crystal of 8 MHz, 168 MHz. The console is USART2 at the pins PA2 and PA3.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32f4.hpp"
#include "chips/stm32f4_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmUart<0x40004400>;
using Clock = CycleClock<SysTick>;

inline auto store_flash() { return stm32f4::Flash<store_region, 10>{}; }

inline void start() {
  const stm32f4::Buses hertz = stm32f4::start_clock(8, 168, 5);
  set_bits(stm32f4::ahb1enr, 1u << 0);   // port A
  set_bits(stm32f4::apb1enr, 1u << 17);  // USART2
  use_pin(0x40020000, 2, 7);
  use_pin(0x40020000, 3, 7);
  Uart::start(hertz.apb1);
}

}  // namespace board
