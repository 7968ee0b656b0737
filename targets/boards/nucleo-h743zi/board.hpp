// Nucleo-H743ZI: 400 MHz. The console is USART3 at the pin PD8, which goes to the ST-Link.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32h7.hpp"
#include "chips/stm32h7_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = NewStmUart<0x40004800>;
using Clock = CycleClock<SysTick>;

inline auto store_flash() { return stm32h7::Flash<store_region>{}; }

inline void start() {
  const std::uint32_t hertz = stm32h7::start_clock();
  stm32h7::start_instruction_cache();
  set_bits(stm32h7::ahb4enr, 1u << 3);    // port D
  set_bits(stm32h7::apb1lenr, 1u << 18);  // USART3
  use_pin(0x58020c00, 8, 7);
  use_pin(0x58020c00, 9, 7);
  Uart::start(hertz);
}

}  // namespace board
