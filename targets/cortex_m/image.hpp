// Where the parts of an image lie. Set by the linker script; only the addresses mean anything.
#pragma once

#include <cstdint>

extern "C" std::uint32_t flash_start, flash_end, ram_start, data_start, data_end, data_image, bss_start, bss_end, stack_bottom,
    stack_top;

// What the stack is filled with before main(), to find out later how deep it went.
inline constexpr std::uint32_t stack_paint = 0x5aa5c33c;

// Two marks may lie at one place, which the compiler would not believe of two variables.
template <class Word>
Word* place_of(Word& mark) {
  Word* place = &mark;
  asm("" : "+r"(place));
  return place;
}

inline std::uint32_t address_of(const std::uint32_t& mark) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(&mark));
}
