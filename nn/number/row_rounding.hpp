// How the new values of one row of parameters are rounded: each to the nearest, NearestRow, or at random, RandomRow. next() is
// the rounding of the next one.
#pragma once

#include <cstdint>

#include "nn/number/narrow.hpp"

namespace nn {

struct NearestRow {
  constexpr Nearest next() { return {}; }
};

// One draw seeds the row; its elements take a linear congruential sequence in their order (Knuth, The Art
// of Computer Programming, section 3.3.4, line 16), so that no kernel can change the stream. Two elements share a word:
// the even one takes bits 16 to 31, the odd one 8 to 23.
struct RandomRow {
  static constexpr std::uint32_t multiplier = 1664525;
  static constexpr std::uint32_t increment = 1013904223;

  std::uint32_t word;
  bool even_next = true;

  constexpr void advance() { word = word * multiplier + increment; }
  constexpr std::int32_t even() const { return static_cast<std::int32_t>(word >> 16); }
  constexpr std::int32_t odd() const { return static_cast<std::int32_t>(word >> 8 & 0xffffu); }

  constexpr Stochastic next() {
    if (even_next) advance();
    const std::int32_t random = even_next ? even() : odd();
    even_next = !even_next;
    return {static_cast<std::uint16_t>(random)};
  }
};

}  // namespace nn
