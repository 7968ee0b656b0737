// Erf: the error function.
#pragma once

#include "targets/needs_cxx20.hpp"

#include "nn/number/error_function.hpp"

namespace nn::float32 {

struct Erf {
  constexpr float operator()(float x) const { return error_function(x); }
  constexpr void members(auto&&) const {}
};

}  // namespace nn::float32
