// MicroWindow: the Hann window of the integer front ends, at the middles of the samples, of 12 fraction bits; then as many zeros as
// fill the last group of eight.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/signal/micro_settings.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <const MicroSettings& Settings>
struct MicroWindow {
 private:
  static constexpr double weight(std::int32_t i) {
    if (Settings.library == Library::signal_library) return floor((0.5 - 0.5 * cosine(pi * 2 / double{size} * (i + 0.5))) * 4096 + 0.5);
    const float turn = static_cast<float>(pi) * 2 / float{size};
    const float x = turn * (static_cast<float>(i) + 0.5f);
    const float value = 0.5f - 0.5f * static_cast<float>(cosine(static_cast<double>(x)));
    return floor(static_cast<double>(value * 4096 + 0.5f));
  }

 public:
  static constexpr std::size_t size = Settings.window();
  static constexpr std::size_t groups = (size + 7) / 8;

  static constexpr std::array<std::int16_t, 8 * groups> table = [] {
    std::array<std::int16_t, 8 * groups> all{};
    for (std::size_t i = 0; i < size; ++i) all[i] = static_cast<std::int16_t>(weight(static_cast<std::int32_t>(i)));
    return all;
  }();

};

}  // namespace nn::signal
