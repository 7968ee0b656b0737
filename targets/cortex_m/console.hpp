// The console of a board: its UART, one way, waiting until each character has gone.
#pragma once

#include <string_view>

#include "board.hpp"

namespace console {

inline void write(std::string_view text) {
  for (char c : text) board::Uart::put(c);
}

}  // namespace console
