// Affine: what the codes of a tensor stand for, real = scale · (code - zero).
#pragma once

#include <cstdint>

#include "nn/int8/rounding.hpp"

namespace nn::int8 {

struct Affine {
  float scale;
  std::int32_t zero;

  // The nearest code; those beyond the first and the last become these.
  constexpr std::int8_t code(float real) const { return nn::int8::code(Reference::nearest(real / scale), Range{.zero = zero}); }
  constexpr float real(std::int8_t code) const { return scale * static_cast<float>(code - zero); }
};

}  // namespace nn::int8
