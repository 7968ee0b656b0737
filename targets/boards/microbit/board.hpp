#pragma once

#include <string_view>

#include "nrf51_timer.hpp"
#include "nrf51_uart.hpp"

namespace board {

inline constexpr std::string_view name = "microbit";
inline constexpr std::string_view core = "m0";
inline constexpr bool has_fpu = false;

using Uart = Nrf51Uart<24, 25>;
using Clock = Nrf51Timer<125, 64>;  // 16 MHz: 0.512 ticks an instruction of 32 ns

}  // namespace board
