// Reciprocal: 1 / x.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn::float32 {

struct Reciprocal {
  constexpr float operator()(float x) const { return 1 / x; }
  constexpr void members(auto&&) const {}
};

}  // namespace nn::float32
