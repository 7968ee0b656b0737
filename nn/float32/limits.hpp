// Limits: what a fused activation leaves of a number.
#pragma once

#include <limits>

namespace nn::float32 {

struct Limits {
  float least = std::numeric_limits<float>::lowest();
  float most = std::numeric_limits<float>::max();

  constexpr float operator()(float x) const { return x < least ? least : x > most ? most : x; }
  constexpr void members(auto&& list) const {
    list("least", least);
    list("most", most);
  }
};

}  // namespace nn::float32
