// The console of a board: its UART, waiting until each character has gone or come.
#pragma once

#include <optional>
#include <string_view>

#include "board.hpp"

namespace console {

inline void write(std::string_view text) {
  for (char c : text) board::Uart::put(c);
}

// The next character. It never ends; a program that reads needs a UART with get().
template <class Uart = board::Uart>
std::optional<char> read() {
  return Uart::get();
}

}  // namespace console
