// Statistics of a frame of samples, as vibration is watched by: moving ones of the frames that Frames<float, Size, Step> cuts.
// Magnitudes up to 1e8, and deviations from 1e-8 on, keep every sum within float.
//
//   mean         Σx / N
//   rms          √(Σx² / N)
//   crest        largest |x| / rms; 0 of silence
//   deviation    √(Σ(x - mean)² / N)
//   kurtosis     (Σ(x - mean)⁴ / N) / deviation⁴: 3 of noise, 1.5 of a sine; 0 where all are equal
//   crossings    how often x - mean changes its sign; a 0 keeps the sign before it
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/kernels.hpp"

namespace nn::signal {

struct Statistics {
  float mean = 0;
  float rms = 0;
  float crest = 0;
  float deviation = 0;
  float kurtosis = 0;
  std::uint32_t crossings = 0;

  // Of at least one sample. Sums run in order; those about the mean are of distances to the first sample, so that neither a large
  // mean nor its rounding is taken for a deviation.
  template <class Kernels = target::Kernels>
  static constexpr Statistics of(std::span<const float> samples) {
    Statistics found;
    const float count = static_cast<float>(samples.size());
    const float first = samples.front();
    float power = 0, peak = 0, shift = 0;
    for (float x : samples) {
      shift += x - first;
      power += x * x;
      const float size = x < 0 ? -x : x;
      peak = size > peak ? size : peak;
    }
    shift /= count;
    found.mean = first + shift;
    found.rms = Kernels::sqrt(power / count);
    if (found.rms > 0) found.crest = peak / found.rms;

    float squares = 0, fourths = 0, sign = 0;
    for (float x : samples) {
      const float rest = x - first - shift, square = rest * rest;
      squares += square;
      fourths += square * square;
      if (sign * rest < 0) ++found.crossings;
      if (rest != 0) sign = rest < 0 ? -1.0f : 1.0f;
    }
    const float variance = squares / count;
    found.deviation = Kernels::sqrt(variance);
    if (variance > 0) found.kurtosis = fourths / count / variance / variance;
    return found;
  }
};

}  // namespace nn::signal
