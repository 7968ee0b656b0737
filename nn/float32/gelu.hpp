// Gelu: x·(1 + erf(x/√2))/2, or with tanh(√(2/π)·(x + 0.044715·x³)) for the error function (Hendrycks and Gimpel, 2016).
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/error_function.hpp"

namespace nn::float32 {

struct Gelu {
  bool by_tanh;

  constexpr float operator()(float x) const {
    const float curve =
        by_tanh ? Elementary<float>::tanh(0.7978845608f * (x + 0.044715f * x * x * x)) : error_function(x * 0.7071067812f);
    return 0.5f * x * (1 + curve);
  }
  constexpr void members(auto&& list) const { list("by_tanh", by_tanh); }
};

}  // namespace nn::float32
