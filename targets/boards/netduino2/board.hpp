// Netduino 2: a crystal of 25 MHz, 120 MHz. The console is USART1 at the pins PB6 and PB7.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32f4.hpp"
#include "chips/stm32f4_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmUart<0x40011000>;                         // put(char), get()
using Clock = InstructionClock<SysTick, 120'000'000>;     // Hz of the timer; CycleClock<SysTick> if QEMU does not know the board

inline auto store_flash() { return stm32f4::Flash<store_region, 8>{}; }

inline void start() {                                     // after RAM is set up, before main()
  const stm32f4::Buses hertz = stm32f4::start_clock(25, 120, 3);
  set_bits(stm32f4::ahb1enr, 1u << 1);
  set_bits(stm32f4::apb2enr, 1u << 4);
  use_pin(0x40020400, 6, 7);
  use_pin(0x40020400, 7, 7);
  Uart::start(hertz.apb2);
}

}  // namespace board
