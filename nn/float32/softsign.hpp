// Softsign: x / (1 + |x|).
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn::float32 {

struct Softsign {
  constexpr float operator()(float x) const { return x / (1 + (x < 0 ? -x : x)); }
  constexpr void members(auto&&) const {}
};

}  // namespace nn::float32
