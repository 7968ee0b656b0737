// Prelu: y = x, or a·x where x is below 0; the slopes `a` are constants, repeated along dimensions where they have the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct Prelu {
  static constexpr std::string_view kind = "Prelu";

  graph::Broadcast shape;  // of x and a
  const std::int8_t* slope;
  std::int32_t slopes;  // how many there are
  std::int32_t zero;    // of x
  std::int32_t slope_zero;
  Scale above;
  Scale below;
  Range range;

  constexpr graph::Overlap overlap(int) const { return shape.overlap(0); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("slope", graph::listed(slope, slopes));
    list("slopes", slopes);
    list("zero", zero);
    list("slope_zero", slope_zero);
    list("above", above);
    list("below", below);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* x) const {
    shape.for_each(y, x, slope, [this](std::int8_t value, std::int8_t a) {
      const std::int32_t difference = value - zero;
      return code(difference >= 0 ? requantize(difference, above) : requantize(difference * (a - slope_zero), below), range);
    });
  }
};

}  // namespace nn::int8
