// Power: x to a constant exponent. Whole exponents by squaring; others as e^(exponent · log x), a NaN below 0.
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Power {
  float exponent;

  constexpr float operator()(float x) const {
    const float size = exponent < 0 ? -exponent : exponent;
    if (size > 64 || static_cast<float>(static_cast<int>(size)) != size)
      return Elementary<float>::exp(exponent * Elementary<float>::log(x));
    float y = 1;
    for (int left = static_cast<int>(size); left > 0; left /= 2, x *= x)
      if (left % 2 != 0) y *= x;
    return exponent < 0 ? 1 / y : y;
  }
  constexpr void members(auto&& list) const { list("exponent", exponent); }
};

}  // namespace nn::float32
