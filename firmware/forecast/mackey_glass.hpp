// The equation of Mackey and Glass, a signal that never repeats:
//   dx/dt = 0.2 · x(t - 17) / (1 + x(t - 17)^10) - 0.1 · x(t)
// by steps of 1/4 (Euler), a value every 6 of time, less its mean. Float without any function of a library: the same bits
// everywhere. Mackey and Glass, Oscillation and chaos in physiological control systems (1977).
#pragma once

#include <array>
#include <cstddef>

#include "nn/random.hpp"

namespace forecast {

class MackeyGlass {
 public:
  // The seed draws the first 17 of time; what follows is on the attractor after `settle` values.
  constexpr explicit MackeyGlass(std::uint32_t seed, int settle = 50) {
    nn::Random random{seed};
    for (float& each : past) each = 1.2f + 0.2f * (random.uniform() - 0.5f);
    for (int i = 0; i < settle; ++i) next();
  }

  // The next value, within ±0.8.
  constexpr float next() {
    for (int i = 0; i < steps; ++i) {
      const float delayed = past[oldest];
      const float square = delayed * delayed;
      const float eighth = square * square * (square * square);
      x += step * (0.2f * delayed / (1.0f + eighth * square) - 0.1f * x);
      past[oldest] = x;
      oldest = oldest + 1 == past.size() ? 0 : oldest + 1;
    }
    return x - mean;
  }

 private:
  static constexpr float step = 0.25f, mean = 0.93f;
  static constexpr int steps = 24;
  std::array<float, 68> past{};  // 17 of time
  std::size_t oldest = 0;
  float x = 1.2f;
};

}  // namespace forecast
