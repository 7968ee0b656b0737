// What a program can ask of the machine it runs on: which it is, the time, and the memory it takes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "console.hpp"

namespace platform {

inline constexpr bool is_host = true;
inline constexpr std::string_view board = "host";
inline constexpr std::string_view core = "host";

inline constexpr std::string_view clock_unit = "ns";
inline std::uint64_t clock() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

inline void spin(std::uint32_t turns) {
  for (volatile std::uint32_t left = turns; left != 0;) left = left - 1;
}

struct Memory {
  std::uint32_t flash;
  std::uint32_t ram;
  std::uint32_t stack;
};

// Starts the program anew; here it does nothing, and the program goes on as it can.
inline void reset() {}

// Not measured on the host.
inline Memory memory() { return {}; }
inline void print_memory() { console::write("\n"); }

}  // namespace platform
