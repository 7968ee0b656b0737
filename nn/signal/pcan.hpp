// Pcan: gain control for each channel (Wang et al., Trainable frontend for robust and far-field keyword spotting, 2016): a signal
// is multiplied by 2^gain_bits (noise + offset)^-strength, then large ratios to the noise are kept and small ones squared.
//
// The gain comes from a table: of each power of 2 a value and a parabola up to the next, in integers.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/signal/micro_settings.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <const MicroSettings& Settings>
struct Pcan {
 private:
  static constexpr std::int16_t gain(std::uint32_t noise) {
    const float x = static_cast<float>(noise) / static_cast<float>(1u << (Settings.smoothing_bits - Settings.correction_bits()));
    const float y = static_cast<float>(1u << Settings.gain_bits) * power(x + Settings.offset, -Settings.strength);
    return y > 32767 ? std::int16_t{32767} : static_cast<std::int16_t>(y + 0.5f);
  }

 public:
  static constexpr std::int32_t snr_bits = 12;
  static constexpr std::int32_t output_bits = 6;
  static constexpr std::int32_t snr_shift = Settings.gain_bits - Settings.correction_bits() - snr_bits;
  static_assert(snr_shift >= 0 && Settings.gain_bits <= 30,
                "nn::signal::Pcan: gain_bits are below the correction's and 12, or above 30");
  static_assert(Settings.smoothing_bits >= Settings.correction_bits(),
                "nn::signal::Pcan: smoothing_bits are below the correction's");

  // Entries 0 and 1: the gain there. From 4i - 6 on: of noise in [2^(i-1), 2^i) the first gain, slope and bend.
  static constexpr std::array<std::int16_t, 125> table = [] {
    std::array<std::int16_t, 125> all{gain(0), gain(1)};
    for (std::uint32_t i = 2; i <= 32; ++i) {
      const std::uint32_t x = std::uint32_t{1} << (i - 1);
      const std::int32_t y = gain(x), middle = gain(x + x / 2) - y, end = gain(i == 32 ? x + (x - 1) : 2 * x) - y;
      const std::int32_t slope = 4 * middle - end;
      all[4 * i - 6] = static_cast<std::int16_t>(y);
      all[4 * i - 5] = static_cast<std::int16_t>(slope);
      all[4 * i - 4] = static_cast<std::int16_t>(end - slope);
    }
    return all;
  }();

  static constexpr std::uint32_t apply(std::uint32_t signal, std::uint32_t noise) {
    const auto factor = static_cast<std::uint32_t>(std::int32_t{gain_at(noise)});
    return shrink(static_cast<std::uint32_t>((std::uint64_t{signal} * factor) >> snr_shift));
  }

  static constexpr std::int16_t gain_at(std::uint32_t noise) {
    if (noise <= 2) return table[noise];
    const int interval = static_cast<int>(std::bit_width(noise));
    const std::int16_t* const entry = table.data() + (4 * interval - 6);
    const auto fraction =
        static_cast<std::int32_t>((interval < 11 ? noise << (11 - interval) : noise >> (interval - 11)) & 0x3ff);
    const std::int32_t slope = (entry[2] * fraction >> 5) + entry[1] * 32;
    return static_cast<std::int16_t>(((slope * fraction + (1 << 14)) >> 15) + entry[0]);
  }

  static constexpr std::uint32_t shrink(std::uint32_t snr) {
    if (snr < (2u << snr_bits)) return (snr * snr) >> (2 + 2 * snr_bits - output_bits);
    return (snr >> (snr_bits - output_bits)) - (1u << output_bits);
  }
};

}  // namespace nn::signal
