// The console of a board: its UART, waiting until each character has gone or come.
#pragma once

#include <optional>
#include <string_view>

namespace console {

// A type of its own, so that a function that is handed it calls it directly, and not through a pointer.
struct Write {
  void operator()(std::string_view text) const;
};
inline constexpr Write write{};

// The next character; a board's input never ends.
std::optional<char> read();

}  // namespace console
