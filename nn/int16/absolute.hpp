// Absolute: y = |x|, in the scale of the output unless both have the same.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int16 {

struct Absolute {
  static constexpr std::string_view kind = "Absolute";

  std::int32_t count;
  std::int32_t zero;  // of x
  bool same_scale;
  int8::Scale scale;
  int8::Range range;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("zero", zero);
    list("same_scale", same_scale);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int16_t* y, const std::int16_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      const std::int32_t value = x[i] < zero ? zero - x[i] : x[i] - zero;
      y[i] = int8::code<std::int16_t>(same_scale ? value : int8::requantize(value, scale), range);
    }
  }
};

}  // namespace nn::int16
