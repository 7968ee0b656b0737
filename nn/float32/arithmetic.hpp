// Arithmetic of float32 on two numbers; an input may be repeated along dimensions where it has the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/combination.hpp"

namespace nn::float32 {

using graph::Combination;

struct Arithmetic {
  static constexpr std::string_view kind = "Arithmetic";

  graph::Broadcast shape;
  Combination combination;
  Limits limits;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("combination", combination);
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* a, const float* b) const {
    shape.for_each(y, a, b, [this](float left, float right) {
      switch (combination) {
        case Combination::sum: return limits(left + right);
        case Combination::difference: return limits(left - right);
        case Combination::product: return limits(left * right);
        case Combination::quotient: return limits(left / right);
        case Combination::squared_difference: return limits((left - right) * (left - right));
      }
      return 0.0f;
    });
  }
};

}  // namespace nn::float32
