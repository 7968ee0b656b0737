// micro:bit: the console goes to the interface chip, which hands it on by USB.
#pragma once

#include "chips/nrf_clock.hpp"
#include "chips/nrf_flash.hpp"
#include "chips/nrf_timer.hpp"
#include "chips/nrf_uart.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"

namespace board {

using Uart = NrfUart<24, 25>;
using Clock = InstructionClock<NrfTimer, 16'000'000>;

inline auto store_flash() { return NrfFlash<store_region>{}; }

inline void start() {
  static_cast<void>(start_crystal());
  Uart::start();
}

}  // namespace board
