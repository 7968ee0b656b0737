// NoiseReduction: subtracts from each channel of a spectrum the mean of what it was, which a factor makes forget.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/signal/micro_settings.hpp"

namespace nn::signal {

template <const MicroSettings& Settings>
class NoiseReduction {
 public:
  static_assert(Settings.channels > 0, "nn::signal::NoiseReduction: there is no channel");
  static_assert(Settings.smoothing_bits >= 0 && Settings.smoothing_bits <= 22,
                "nn::signal::NoiseReduction: smoothing_bits are not from 0 to 22");
  static_assert(Settings.even_smoothing >= 0 && Settings.even_smoothing <= 1 && Settings.odd_smoothing >= 0 &&
                    Settings.odd_smoothing <= 1 && Settings.remaining >= 0 && Settings.remaining <= 1,
                "nn::signal::NoiseReduction: a factor is not from 0 to 1");
  static constexpr std::uint32_t even = static_cast<std::uint32_t>(Settings.even_smoothing * 16384);
  static constexpr std::uint32_t odd = static_cast<std::uint32_t>(Settings.odd_smoothing * 16384);
  static constexpr std::uint32_t remaining = static_cast<std::uint32_t>(Settings.remaining * 16384);

  // What is left of the signal of a channel; estimates[channel] is updated first. The signal is below 2^(32 - smoothing_bits).
  constexpr std::uint32_t reduce(std::size_t channel, std::uint32_t signal) {
    const std::uint32_t smoothing = channel % 2 == 0 ? even : odd;
    const std::uint32_t scaled = signal << Settings.smoothing_bits;
    std::uint32_t& noise = estimates[channel];
    noise = static_cast<std::uint32_t>((std::uint64_t{scaled} * smoothing + std::uint64_t{noise} * (16384 - smoothing)) >> 14);
    const std::uint32_t least = static_cast<std::uint32_t>((std::uint64_t{signal} * remaining) >> 14);
    const std::uint32_t rest = (scaled - std::min(noise, scaled)) >> Settings.smoothing_bits;
    return std::max(rest, least);
  }

  std::array<std::uint32_t, static_cast<std::size_t>(Settings.channels)> estimates{};
};

}  // namespace nn::signal
