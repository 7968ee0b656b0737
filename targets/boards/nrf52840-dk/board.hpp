// nRF52840-DK: 64 MHz. The console goes to the interface chip, which hands it on by USB.
#pragma once

#include "chips/nrf_clock.hpp"
#include "chips/nrf_flash.hpp"
#include "chips/nrf_uart.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = NrfUart<6, 8>;
using Clock = CycleClock<SysTick>;

inline auto store_flash() { return NrfFlash<store_region>{}; }

inline void start() {
  static_cast<void>(start_crystal());
  Uart::start();
}

}  // namespace board
