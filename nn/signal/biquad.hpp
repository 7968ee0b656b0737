// Biquads: recursive filters of second order in a row, y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y'', in the transposed direct form
// II. low_pass and the like: Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients (W3C note, 2021);
// constants for the compiler, which computes them in double.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/signal/table_math.hpp"

namespace nn::signal {

struct Biquad {
  float b0, b1, b2, a1, a2;

  // `cutoff` is a part of the rate, below 1/2; quality 0.7071 is Butterworth's.
  static constexpr Biquad low_pass(double cutoff, double quality) {
    const double cosine_of = cosine(2 * pi * cutoff);
    return of((1 - cosine_of) / 2, 1 - cosine_of, (1 - cosine_of) / 2, cutoff, quality);
  }
  static constexpr Biquad high_pass(double cutoff, double quality) {
    const double cosine_of = cosine(2 * pi * cutoff);
    return of((1 + cosine_of) / 2, -1 - cosine_of, (1 + cosine_of) / 2, cutoff, quality);
  }
  // Of gain 1 at the centre.
  static constexpr Biquad band_pass(double centre, double quality) {
    const double alpha = sine(2 * pi * centre) / (2 * quality);
    return of(alpha, 0, -alpha, centre, quality);
  }

 private:
  static constexpr Biquad of(double b0, double b1, double b2, double frequency, double quality) {
    const double alpha = sine(2 * pi * frequency) / (2 * quality), a0 = 1 + alpha;
    return {static_cast<float>(b0 / a0), static_cast<float>(b1 / a0), static_cast<float>(b2 / a0),
            static_cast<float>(-2 * cosine(2 * pi * frequency) / a0), static_cast<float>((1 - alpha) / a0)};
  }
};

template <std::size_t Count>
class Biquads {
 public:
  constexpr explicit Biquads(const std::array<Biquad, Count>& filters) : all{filters} {}

  constexpr float operator()(float x) {
    for (std::size_t i = 0; i < Count; ++i) {
      const Biquad& f = all[i];
      auto& [first, second] = kept[i];
      const float y = f.b0 * x + first;
      first = f.b1 * x - f.a1 * y + second;
      second = f.b2 * x - f.a2 * y;
      x = y;
    }
    return x;
  }
  constexpr void run(std::span<float> samples) {
    for (float& x : samples) x = (*this)(x);
  }
  constexpr void reset() { kept = {}; }

 private:
  std::array<Biquad, Count> all;
  std::array<std::array<float, 2>, Count> kept{};
};

}  // namespace nn::signal
