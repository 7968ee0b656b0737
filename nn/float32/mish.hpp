// Mish: x·tanh(log(1 + e^x)) (Misra, 2019).
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/elementary.hpp"

namespace nn::float32 {

struct Mish {
  constexpr float operator()(float x) const { return x * Elementary<float>::tanh(Elementary<float>::softplus(x)); }
  constexpr void members(auto&&) const {}
};

}  // namespace nn::float32
