// Softplus: log(1 + e^x).
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Softplus {
  constexpr float operator()(float x) const { return Elementary<float>::softplus(x); }
  constexpr void members(auto&&) const {}
};

}  // namespace nn::float32
