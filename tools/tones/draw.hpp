// Draws sounds: words of one tone each, which rises, falls or comes twice, and noise.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "nn/random.hpp"

namespace tools {

inline constexpr std::uint32_t tone_rate = 16000;  // samples a second

enum class Word : std::uint8_t { falling, nothing, rising, twice };
inline constexpr std::array<std::string_view, 4> word_names{"falling", "nothing", "rising", "twice"};

// 1.9 seconds, the word in the middle of the last one; of nothing there is noise, perhaps with clicks or a hum.
std::vector<std::int16_t> draw_clip(Word word, nn::Random& random);

// Noise to be added to others: a hiss, a hum or a rumble.
std::vector<std::int16_t> draw_noise(std::size_t samples, nn::Random& random);

// Words one behind the other over noise, each with when it begins.
struct Scene {
  struct Entry {
    Word word;
    std::size_t begin;  // sample
  };
  std::vector<Entry> entries;
  std::vector<std::int16_t> samples;
};
Scene draw_scene(std::size_t words, nn::Random& random);

}  // namespace tools
