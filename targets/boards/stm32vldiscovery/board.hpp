// STM32 Value Line Discovery: a crystal of 8 MHz, 24 MHz. The console is USART1 at the pin PA9.
#pragma once

#include "chips/stm32_uart.hpp"
#include "chips/stm32f1.hpp"
#include "chips/stm32f1_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmUart<0x40013800>;
using Clock = InstructionClock<SysTick, 24'000'000>;

inline auto store_flash() { return stm32f1::Flash<store_region>{}; }

inline void start() {
  const std::uint32_t hertz = stm32f1::start_clock();
  set_bits(stm32f1::apb2enr, 1u << 2 | 1u << 14);  // port A, USART1
  set_field(0x40010804, 4, 4, 0xb);                // CRH: PA9 to its peripheral, push-pull
  Uart::start(hertz);
}

}  // namespace board
