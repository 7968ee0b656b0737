// platform.hpp and console.hpp for one board.
#include "platform.hpp"

#include "board.hpp"
#include "register.hpp"

void console::Write::operator()(std::string_view text) const {
  for (char c : text) board::Uart::put(c);
}

std::optional<char> console::read() { return board::Uart::get(); }

namespace platform {

constinit const std::string_view board = BOARD;
constinit const std::string_view core = CORE;
constinit const std::string_view clock_unit = board::Clock::unit;

std::uint64_t clock() { return board::Clock::now(); }

// AIRCR: SYSRESETREQ. ARMv7-M Architecture Reference Manual, section B3.2.6.
void reset() {
  asm volatile("dsb" ::: "memory");
  register_at(0xe000ed0c) = 0x05fa0004;
  for (;;) asm volatile("dsb");
}

}  // namespace platform
