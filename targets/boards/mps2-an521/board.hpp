// MPS2: the console is UART 0, by its secure address.
#pragma once

#include "chips/cmsdk_uart.hpp"
#include "chips/simulated_flash.hpp"
#include "cortex_m/clock.hpp"
#include "cortex_m/store_region.hpp"
#include "cortex_m/systick.hpp"

namespace board {

using Uart = CmsdkUart<0x50200000>;
using Clock = InstructionClock<SysTick, 20'000'000>;

inline auto store_flash() { return simulated_flash_at<store_region.sectors, store_region.sector_bytes>(store_region.origin); }

inline void start() { Uart::start(); }

}  // namespace board
