// Decimator: a low-pass filter of finite impulse response, of which every Factor-th output is kept: a stream at a rate Factor
// times lower, without aliases.
//
//   constexpr auto taps = low_pass<64>(0.1f);
//   Decimator<4, 64> decimator{taps};
//   decimator.process(samples, [](float x) { … });
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "nn/signal/table_math.hpp"

namespace nn::signal {

// A windowed sine cardinal (Hamming), of gain 1 at 0 Hz; `cutoff` is a part of the rate, below 1/2. For constants: the compiler's
// double.
template <std::size_t Taps>
constexpr std::array<float, Taps> low_pass(float cutoff) {
  static_assert(Taps > 1, "nn::signal::low_pass: a filter has more than one tap");
  std::array<double, Taps> exact{};
  double sum = 0;
  for (std::size_t i = 0; i < Taps; ++i) {
    const double at = static_cast<double>(i) - static_cast<double>(Taps - 1) / 2,
                 turn = 2 * pi * static_cast<double>(cutoff) * (at < 0 ? -at : at);
    const double window = 0.54 - 0.46 * cosine(2 * pi * static_cast<double>(i) / static_cast<double>(Taps - 1));
    exact[i] = window * (at == 0 ? 1 : sine(turn) / turn);
    sum += exact[i];
  }
  std::array<float, Taps> taps{};
  for (std::size_t i = 0; i < Taps; ++i) taps[i] = static_cast<float>(exact[i] / sum);
  return taps;
}

template <std::size_t Factor, std::size_t Taps>
class Decimator {
  static_assert(Factor > 0, "nn::signal::Decimator: a factor is at least 1");
  static_assert(Taps > 0, "nn::signal::Decimator: a filter has at least one tap");

 public:
  // The response stays in its place; the last tap belongs to the newest sample.
  constexpr explicit Decimator(const std::array<float, Taps>& response) : taps{response} {}
  explicit Decimator(std::array<float, Taps>&&) = delete;

  // Samples before the first are 0; the first sample gives the first output.
  constexpr void process(std::span<const float> samples, auto&& use) {
    for (float x : samples) {
      history[at] = history[at + Taps] = x;
      at = at + 1 == Taps ? 0 : at + 1;
      if (skip-- > 0) continue;
      skip = Factor - 1;
      float sum = 0;
      for (std::size_t i = 0; i < Taps; ++i) sum += taps[i] * history[at + i];
      use(sum);
    }
  }

  constexpr void reset() {
    history = {};
    at = skip = 0;
  }

 private:
  const std::array<float, Taps>& taps;
  std::array<float, 2 * Taps> history{};  // twice, so that the last Taps always lie in a row
  std::size_t at = 0;
  std::size_t skip = 0;
};

}  // namespace nn::signal
