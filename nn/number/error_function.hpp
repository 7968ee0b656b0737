// The error function of float: erf x = 2/√π ∫ e^(-t²) dt from 0 to x, from + - * / alone, so that every core has the same bits.
//
//   |x| < 2    2/√π · e^(-x²) · x · (1 + 2x²/3 · (1 + 2x²/5 · (1 + …)))       nothing cancels
//   |x| < 4    1 - e^(-x²)/√π / (x + ½/(x + 1/(x + 1½/(x + …))))
//
// Abramowitz and Stegun, 7.1.6 and 7.1.14. Largest error 4e-7 of the result, held by tests/tools/onnx.cpp.
#pragma once

#include "nn/number/elementary.hpp"

namespace nn {

constexpr float error_function(float x) {
  const float size = x < 0 ? -x : x;
  if (!(size < 4)) return size >= 4 ? (x < 0 ? -1.0f : 1.0f) : x;
  const float square = x * x;
  const float fall = Elementary<float>::exp(-square);
  if (size < 2) {
    float sum = 1;
    for (int k = 24; k >= 1; --k) sum = 1 + sum * 2 * square / static_cast<float>(2 * k + 1);
    return 1.1283791671f * x * fall * sum;
  }
  float rest = size;
  for (int k = 12; k >= 1; --k) rest = size + 0.5f * static_cast<float>(k) / rest;
  const float y = 1 - 0.5641895835f * fall / rest;
  return x < 0 ? -y : y;
}

}  // namespace nn
