// Mel: sums of a spectrum's bins under triangles on a mel scale, each from the top of the one before to that of the next.
//
//   inline constexpr MelSettings keyword{.bins = 257, .channels = 40, .low = 20, .high = 4000};
//   Mel<keyword>
//
// Edges and tops are equally spaced in mel between the limits, and are not rounded to bins: a bin gets the triangle's height
// where it stands; a channel between two bins has none, and is 0. The sum of a channel runs over its bins in order.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/fingerprint.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

// htk: 1127 log(1 + f / 700). slaney: linear up to 1000 Hz, then logarithmic (Slaney, Auditory Toolbox, 1998).
enum class MelScale : std::uint8_t { htk, slaney };
// What triangles are straight in: mel as in TensorFlow, or Hz as in librosa and torchaudio.
enum class MelSlope : std::uint8_t { mel, hertz };
// none: tops are 1. area: 2 / the triangle's width in Hz (librosa: norm="slaney").
enum class MelNorm : std::uint8_t { none, area };

struct MelSettings {
  std::int32_t rate = 16000;  // samples a second
  std::size_t bins = 257;     // of the spectrum, from 0 Hz to half the rate
  std::size_t channels = 40;
  float low = 20;  // Hz
  float high = 4000;
  MelScale scale = MelScale::htk;
  MelSlope slope = MelSlope::mel;
  MelNorm norm = MelNorm::none;
};

template <const MelSettings& Settings>
class Mel {
  static_assert(Settings.channels > 0, "nn::signal::Mel: there is no channel");
  static_assert(Settings.bins > 1, "nn::signal::Mel: a spectrum has more than one bin");
  static_assert(Settings.low >= 0, "nn::signal::Mel: the lower limit is below 0 Hz");
  static_assert(Settings.high > Settings.low, "nn::signal::Mel: the upper limit is not above the lower one");
  static_assert(2 * Settings.high <= static_cast<float>(Settings.rate),
                "nn::signal::Mel: the upper limit is above half the rate");

  static constexpr double slaney_step = 0.068751777420949;  // log(6.4) / 27
  static constexpr double mel(double hertz) {
    using Functions = Elementary<double>;
    if (Settings.scale == MelScale::htk) return 1127 * Functions::log(1 + hertz / 700);
    return hertz < 1000 ? hertz * 3 / 200 : 15 + Functions::log(hertz / 1000) / slaney_step;
  }
  static constexpr double hertz(double mel) {
    using Functions = Elementary<double>;
    if (Settings.scale == MelScale::htk) return 700 * (Functions::exp(mel / 1127) - 1);
    return mel < 15 ? mel * 200 / 3 : 1000 * Functions::exp((mel - 15) * slaney_step);
  }
  // Foot of channel 0, its top, …, the last one's end; in what slopes are straight in.
  static constexpr std::array<double, Settings.channels + 2> corners = [] {
    std::array<double, Settings.channels + 2> table{};
    const double first = mel(static_cast<double>(Settings.low)), span = mel(static_cast<double>(Settings.high)) - first;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const double at = first + span * static_cast<double>(i) / static_cast<double>(Settings.channels + 1);
      table[i] = Settings.slope == MelSlope::mel ? at : hertz(at);
    }
    return table;
  }();
  static constexpr std::array<double, Settings.bins> places = [] {
    std::array<double, Settings.bins> table{};
    for (std::size_t k = 0; k < Settings.bins; ++k) {
      const double at = static_cast<double>(Settings.rate) / 2 * static_cast<double>(k) / static_cast<double>(Settings.bins - 1);
      table[k] = Settings.slope == MelSlope::mel ? mel(at) : at;
    }
    return table;
  }();
  static constexpr double weight_of(std::size_t channel, std::size_t bin) {
    const double foot = corners[channel], top = corners[channel + 1], end = corners[channel + 2], at = places[bin];
    return std::min((at - foot) / (top - foot), (end - at) / (end - top));
  }
  static constexpr double height(std::size_t channel) {
    if (Settings.norm == MelNorm::none) return 1;
    const auto edge = [](double corner) { return Settings.slope == MelSlope::mel ? hertz(corner) : corner; };
    return 2 / (edge(corners[channel + 2]) - edge(corners[channel]));
  }

 public:
  static constexpr std::size_t channels = Settings.channels;

  // The bins of each channel, and all weights one behind the other.
  struct Span {
    std::uint16_t start, count;
  };
  static constexpr std::array<Span, channels> spans = [] {
    std::array<Span, channels> table{};
    std::size_t from = 0;
    for (std::size_t c = 0; c < channels; ++c) {
      while (from < Settings.bins && (places[from] <= corners[c] || !(weight_of(c, from) > 0))) {
        if (places[from] > corners[c + 1]) break;
        ++from;
      }
      std::size_t end = from;
      while (end < Settings.bins && weight_of(c, end) > 0) ++end;
      table[c] = {static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(end - from)};
    }
    return table;
  }();
  static constexpr std::size_t weight_count = [] {
    std::size_t sum = 0;
    for (Span span : spans) sum += span.count;
    return sum;
  }();
  static constexpr std::array<float, weight_count> weights = [] {
    std::array<float, weight_count> table{};
    std::size_t at = 0;
    for (std::size_t c = 0; c < channels; ++c)
      for (std::size_t i = 0; i < spans[c].count; ++i)
        table[at++] = static_cast<float>(height(c) * weight_of(c, spans[c].start + i));
    return table;
  }();

  template <class Number, std::size_t Count>
  struct Bound {
    static_assert(Count == Settings.bins, "nn::signal::Mel: the spectrum has another number of bins");
    using Output = float;
    static constexpr std::size_t outputs = channels;
    static constexpr std::size_t room = channels * sizeof(float);
    static constexpr std::size_t table_bytes = sizeof spans + sizeof weights;
    static constexpr std::int32_t rate = Settings.rate;
    static constexpr void identify(Fingerprint& hash) {
      hash.add("mel");
      for (float limit : {Settings.low, Settings.high}) hash.add(Bits<float>::of(limit));
      for (std::size_t number :
           {static_cast<std::size_t>(Settings.rate), Settings.bins, channels, static_cast<std::size_t>(Settings.scale),
            static_cast<std::size_t>(Settings.slope), static_cast<std::size_t>(Settings.norm)})
        hash.add(static_cast<std::uint32_t>(number));
    }

    struct State {};

    template <class Kernels = void>
    static constexpr void run(State&, const Number* x, float* y) {
      const float* weight = weights.data();
      for (Span span : spans) {
        float sum = 0;
        for (const Number *at = x + span.start, *const end = at + span.count; at != end; ++at) sum += *weight++ * *at;
        *y++ = sum;
      }
    }
  };
};

}  // namespace nn::signal
