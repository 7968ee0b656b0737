// Raspberry Pi Pico: a crystal of 12 MHz, 125 MHz. The console is UART 0 at the pin GP0.
#pragma once

#include "chips/pl011_uart.hpp"
#include "chips/rp2040.hpp"
#include "chips/rp2040_rom.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = Pl011Uart<0x40034000>;
using Clock = CycleClock<SysTick>;

inline auto store_flash() { return rp2040::Flash<store_region, rp2040::RomAccess>{}; }

inline void start() {
  const std::uint32_t hertz = rp2040::start_clock();
  static_cast<void>(rp2040::take_out_of_reset(rp2040::io_bank | rp2040::pads_bank | rp2040::uart_0));
  rp2040::use_pin(0, 2);
  rp2040::use_pin(1, 2);
  Uart::start(hertz);
}

}  // namespace board
