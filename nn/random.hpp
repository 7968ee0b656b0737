// Random: xoshiro128++ of Blackman and Vigna (2019), seeded by splitmix32. 32-bit operations only; the same stream on
// every core.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nn {

class Random {
 public:
  constexpr explicit Random(std::uint32_t seed) {
    for (std::uint32_t& word : state) {
      seed += 0x9e3779b9u;
      word = seed;
      word = (word ^ (word >> 16)) * 0x21f0aaadu;
      word = (word ^ (word >> 15)) * 0x735a2d97u;
      word ^= word >> 15;
    }
  }

  // All 32 bits are random.
  constexpr std::uint32_t next() {
    const std::uint32_t result = std::rotl(state[0] + state[3], 7) + state[0];
    const std::uint32_t shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = std::rotl(state[3], 11);
    return result;
  }

  // In [0, 1), a multiple of 2^-24.
  constexpr float uniform() { return static_cast<float>(next() >> 8) * 0x1p-24f; }

  // In [0, count), every value equally likely: draws again where the last, incomplete round begins. count >= 1.
  constexpr std::uint32_t below(std::uint32_t count) {
    const std::uint32_t incomplete = (0u - count) % count;
    std::uint32_t draw = next();
    while (draw < incomplete) draw = next();
    return draw % count;
  }

  // Every order equally likely: Durstenfeld's form of Fisher and Yates (Knuth, section 3.4.2, algorithm P). At most 2^32 items.
  constexpr void shuffle(auto& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(static_cast<std::uint32_t>(i))]);
  }

  // Its state, never all 0.
  constexpr auto& words() { return state; }
  constexpr const auto& words() const { return state; }

 private:
  std::array<std::uint32_t, 4> state{};
};

}  // namespace nn
