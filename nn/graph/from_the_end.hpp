// FromTheEnd: indices below 0 count from the end, as -1 is the last of `extent`.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

struct FromTheEnd {
  static constexpr std::string_view kind = "FromTheEnd";

  std::int32_t count;
  std::int32_t extent;

  constexpr Overlap overlap(int) const { return in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("extent", extent);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int32_t* y, const std::int32_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = x[i] < 0 ? x[i] + extent : x[i];
  }
};

}  // namespace nn::graph
