// HardSigmoid: α·x + β, within 0 and 1.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn::float32 {

struct HardSigmoid {
  float alpha;
  float beta;

  constexpr float operator()(float x) const {
    const float y = alpha * x + beta;
    return y < 0 ? 0 : y > 1 ? 1 : y;
  }
  constexpr void members(auto&& list) const {
    list("alpha", alpha);
    list("beta", beta);
  }
};

}  // namespace nn::float32
