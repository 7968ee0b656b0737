// The console of a board: its UART, one way, waiting until each character has gone.
#pragma once

#include <string_view>

namespace console {

void write(std::string_view text);

}  // namespace console
