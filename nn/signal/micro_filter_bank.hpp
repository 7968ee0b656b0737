// MicroFilterBank: sums of energies under triangles on the mel scale, in integers. From a triangle's foot to its top the weight
// rises, then falls while the next one's rises; both have 12 fraction bits.
//
// The mel of f is 1127 log(1 + f / 700), in float, which decides some weights' last bits. DC is left out.
#pragma once

#include <bit>
#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/signal/micro_settings.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

struct MicroWeight {
  std::uint16_t falling;  // in the triangle that is left
  std::uint16_t rising;   // in the next one
};

template <const MicroSettings& Settings>
struct MicroFilterBank {
  static constexpr std::size_t channels = static_cast<std::size_t>(Settings.channels);
  static constexpr std::size_t spans = channels + 1;  // from each top to the next; one before, one behind
  static constexpr bool rounded = Settings.library == Library::micro_frontend;

 private:
  static constexpr float mel(float hertz) { return 1127.0f * log1p(hertz / 700.0f); }
  static constexpr float mel_of_bin(std::size_t bin) {
    const float step = 0.5f * static_cast<float>(Settings.rate) / (static_cast<float>(Settings.bins()) - 1.0f);
    if (rounded) return mel(static_cast<float>(bin) * step);
    return mel(static_cast<float>(static_cast<double>(bin) * hertz_per_bin));
  }
  static constexpr double hertz_per_bin = 0.5 * Settings.rate / static_cast<double>(Settings.bins() - 1);
  static constexpr float top(std::size_t s) {
    const float low = mel(Settings.lower_limit), spacing = (mel(Settings.upper_limit) - low) / static_cast<float>(spans);
    return low + spacing * static_cast<float>(s + 1);
  }
  static constexpr std::uint16_t fixed(float weight) { return static_cast<std::uint16_t>(rounded ? weight * 4096 + 0.5f : weight * 4096); }

 public:
  // Span s has so many bins, which begin where the last one's ended.
  static constexpr std::size_t start = [] {
    if (rounded) return static_cast<std::size_t>(1.5f + Settings.lower_limit / static_cast<float>(hertz_per_bin));
    const double bin = 1 + static_cast<double>(Settings.lower_limit) / hertz_per_bin;
    const auto below = static_cast<std::size_t>(bin);
    const double above = bin - static_cast<double>(below);
    return below + (above > 0.5 || (above == 0.5 && below % 2 == 1) ? 1 : 0);  // to the nearest, a half to the even one
  }();
  static constexpr std::array<std::uint16_t, spans> widths = [] {
    std::array<std::uint16_t, spans> table{};
    std::size_t bin = start;
    for (std::size_t s = 0; s < spans; ++s)
      for (; mel_of_bin(bin) <= top(s); ++bin) ++table[s];
    return table;
  }();
  static constexpr std::size_t end = [] {
    std::size_t bin = start;
    for (std::uint16_t width : widths) bin += width;
    return bin;
  }();
  static_assert(Settings.lower_limit >= 0, "nn::signal::MicroFilterBank: the lower limit is below 0 Hz");
  static_assert(Settings.upper_limit > Settings.lower_limit, "nn::signal::MicroFilterBank: the upper limit is not above the lower one");
  static_assert(end < Settings.bins(), "nn::signal::MicroFilterBank: the upper limit is above half the rate");

  static constexpr std::array<MicroWeight, end - start> weights = [] {
    std::array<MicroWeight, end - start> table{};
    std::size_t bin = start;
    for (std::size_t s = 0; s < spans; ++s)
      for (std::size_t i = 0; i < widths[s]; ++i, ++bin) {
        const float foot = s == 0 ? mel(Settings.lower_limit) : top(s - 1);
        const float weight = (top(s) - mel_of_bin(bin)) / (top(s) - foot);
        table[bin - start] = {fixed(weight), fixed(1.0f - weight)};
      }
    return table;
  }();

  // store(channel, sum) for each channel in order; `energies` holds those of the bins from `start` on.
  static constexpr void run(const auto* energies, auto&& store) {
    std::uint64_t rising = 0;
    const MicroWeight* weight = weights.data();
    for (std::size_t s = 0; s < spans; ++s) {
      std::uint64_t falling = rising;
      rising = 0;
      for (const MicroWeight* const last = weight + widths[s]; weight != last; ++weight, ++energies) {
        const std::uint32_t energy = std::bit_cast<std::uint32_t>(*energies);
        falling += std::uint64_t{energy} * weight->falling;
        rising += std::uint64_t{energy} * weight->rising;
      }
      if (s > 0) store(s - 1, falling);
    }
  }

};

}  // namespace nn::signal
