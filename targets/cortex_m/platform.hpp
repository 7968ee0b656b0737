// What a program can ask of the machine it runs on: which it is, the time, and the memory it takes.
#pragma once

#include <cstdint>
#include <string_view>

#include "console.hpp"

namespace platform {

inline constexpr bool is_host = false;
extern const std::string_view board;  // folder of targets/boards
extern const std::string_view core;   // file of targets/<architecture>

// Of a board that QEMU emulates: `instructions`, exactly, with -icount shift=5; on the board itself, units of 32 ns.
// Of other boards: `cycles`.
extern const std::string_view clock_unit;
std::uint64_t clock();

// Starts the program anew, as at power-up, but that RAM which start-up leaves alone keeps its contents.
[[noreturn]] void reset();

// Takes 2 instructions a turn on every Cortex-M. turns >= 1.
[[gnu::noinline]] inline void spin(std::uint32_t turns) {
  asm volatile(".syntax unified\n 1: subs %0, %0, #1\n bne 1b" : "+l"(turns)::"cc");
}

struct Memory {
  std::uint32_t flash;  // bytes of the image
  std::uint32_t ram;    // .data and .bss
  std::uint32_t stack;  // deepest so far
};

Memory memory();

// Ends a line with it.
void print_memory();

}  // namespace platform
