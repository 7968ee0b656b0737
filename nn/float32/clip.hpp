// Clip: what lies beyond the limits becomes them.
#pragma once

#include "targets/needs_cxx20.hpp"

namespace nn::float32 {

struct Clip {
  float least;
  float most;

  constexpr float operator()(float x) const { return x < least ? least : x > most ? most : x; }
  constexpr void members(auto&& list) const {
    list("least", least);
    list("most", most);
  }
};

}  // namespace nn::float32
