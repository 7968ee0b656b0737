// An exponential moving average of squares, v ← smoothing·v + (1 - smoothing)·g², and a step in its units,
// factor·m / (√v + epsilon): what RmsProp and Adam have in common. In fixed point: root_steps.hpp.
#pragma once

#include "nn/number/arithmetic.hpp"

namespace nn {

template <class Arithmetic, class Number>
constexpr Number mean_square(float smoothing, Number v, Number g) {
  return Arithmetic::moment(Number(smoothing) * v + (1 - Number(smoothing)) * (g * g));
}

template <class Arithmetic, class Kernels, class Number>
constexpr Number over_root(float factor, Number m, Number v, float epsilon) {
  return Number(factor) * m / (Kernels::sqrt(v) + Number(epsilon));
}

}  // namespace nn
