// The console of a board: its UART, one way, waiting until each character has gone.
#pragma once

#include <string_view>

namespace console {

// A type of its own, so that a function that is handed it calls it directly, and not through a pointer.
struct Write {
  void operator()(std::string_view text) const;
};
inline constexpr Write write{};

}  // namespace console
