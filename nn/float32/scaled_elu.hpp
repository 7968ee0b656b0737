// ScaledElu: γ·x, below 0 γ·α·(e^x - 1). With γ = 1 the exponential linear unit (Clevert et al., 2016); SELU has an α and a γ of
// its own (Klambauer et al., 2017).
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct ScaledElu {
  float alpha;
  float gamma;

  constexpr float operator()(float x) const { return x < 0 ? gamma * (alpha * (Elementary<float>::exp(x) - 1)) : gamma * x; }
  constexpr void members(auto&& list) const {
    list("alpha", alpha);
    list("gamma", gamma);
  }
};

}  // namespace nn::float32
