// What a program can ask of the machine it runs on: which it is, the time, and the memory it takes.
#pragma once

#include <cstdint>
#include <string_view>

#include "board.hpp"
#include "console.hpp"
#include "nn/text.hpp"

// Set by the linker script; only their addresses mean anything.
extern "C" std::uint32_t flash_start, flash_end, data_start, data_end, data_image, bss_start, bss_end, stack_bottom, stack_top;

namespace platform {

inline constexpr std::string_view board = board::name;
inline constexpr std::string_view core = board::core;

// clock() counts instructions, exactly, under QEMU with -icount shift=5; on a real board cycles, by the same ratio.
inline constexpr std::string_view clock_unit = "instructions";
inline std::uint64_t clock() { return board::Clock::instructions(); }

// Takes 2 instructions a turn on every Cortex-M. turns >= 1.
[[gnu::noinline]] inline void spin(std::uint32_t turns) {
  asm volatile(".syntax unified\n 1: subs %0, %0, #1\n bne 1b" : "+l"(turns)::"cc");
}

struct Memory {
  std::uint32_t flash;  // bytes of the image
  std::uint32_t ram;    // .data and .bss
  std::uint32_t stack;  // deepest so far
};

inline constexpr std::uint32_t paint = 0x5aa5c33c;

inline Memory memory() {
  const auto between = [](const std::uint32_t& from, const std::uint32_t& to) {
    return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(&to) - reinterpret_cast<std::uintptr_t>(&from));
  };
  const std::uint32_t* deepest = &stack_bottom;
  while (deepest != &stack_top && *deepest == paint) ++deepest;
  return {between(flash_start, flash_end), between(data_start, data_end) + between(bss_start, bss_end), between(*deepest, stack_top)};
}

// Ends a line with it.
inline void print_memory() {
  const Memory now = memory();
  nn::print(console::write, "; flash ", now.flash, ", RAM ", now.ram, ", stack ", now.stack, " bytes\n");
}

}  // namespace platform
