#pragma once

#include <string_view>

#include "cmsdk_uart.hpp"
#include "systick.hpp"

namespace board {

inline constexpr std::string_view name = "mps2-an385";
inline constexpr std::string_view core = "m3";
inline constexpr bool has_fpu = false;

using Uart = CmsdkUart<0x40004000>;
using Clock = SysTick<5, 4>;  // 25 MHz: 0.8 ticks an instruction of 32 ns

}  // namespace board
