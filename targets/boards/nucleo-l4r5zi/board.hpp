// Nucleo-L4R5ZI: 120 MHz. The console is LPUART1 at the pin PG7, which goes to the ST-Link.
#pragma once

#include "chips/stm32_pin.hpp"
#include "chips/stm32_uart.hpp"
#include "chips/stm32l4.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = StmLowPowerUart<0x40008000>;
using Clock = CycleClock<SysTick>;

inline void start() {
  const std::uint32_t hertz = stm32l4::start_clock(120);
  set_bits(stm32l4::ahb2enr, 1u << 6);   // port G
  set_bits(stm32l4::apb1enr2, 1u << 0);  // LPUART1
  stm32l4::power_port_g();
  use_pin(0x48001800, 7, 8);
  use_pin(0x48001800, 8, 8);
  Uart::start(hertz);
}

}  // namespace board
