// Celu: x, below 0 α·(e^(x/α) - 1) (Barron, 2017).
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Celu {
  float alpha;

  constexpr float operator()(float x) const { return x < 0 ? alpha * (Elementary<float>::exp(x / alpha) - 1) : x; }
  constexpr void members(auto&& list) const { list("alpha", alpha); }
};

}  // namespace nn::float32
