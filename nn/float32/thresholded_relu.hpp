// ThresholdedRelu: x above α, else 0.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn::float32 {

struct ThresholdedRelu {
  float alpha;

  constexpr float operator()(float x) const { return x > alpha ? x : 0; }
  constexpr void members(auto&& list) const { list("alpha", alpha); }
};

}  // namespace nn::float32
