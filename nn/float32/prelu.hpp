// Prelu: y = x, or a·x where x is below 0; the slopes `a` may be repeated along dimensions where they have the extent 1.
#pragma once

#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"

namespace nn::float32 {

struct Prelu {
  static constexpr std::string_view kind = "Prelu";

  graph::Broadcast shape;  // of x and a

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const { list("shape", shape); }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x, const float* slope) const {
    shape.for_each(y, x, slope, [](float value, float a) { return value >= 0 ? value : value * a; });
  }
};

}  // namespace nn::float32
