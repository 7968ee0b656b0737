// Broadcast: two inputs walked together over the output's five dimensions. The step of an input along a dimension is 0 where
// it has the extent 1 and the output has more.
#pragma once

#include <cstdint>

#include "nn/graph/overlap.hpp"

namespace nn::graph {

struct Broadcast {
  std::int32_t extent[5];
  std::int32_t a_step[5];
  std::int32_t b_step[5];

  constexpr bool whole(const std::int32_t* step) const {
    for (int d = 0; d < 5; ++d)
      if (step[d] == 0 && extent[d] > 1) return false;
    return true;
  }
  constexpr Overlap overlap(int input) const { return whole(input == 0 ? a_step : b_step) ? in_place : no_overlap; }

  // of(y, a, b) for every row of the last dimension: its first numbers. y follows on.
  template <class Result, class Left, class Right, class Function>
  constexpr void for_each_row(Result* y, const Left* a, const Right* b, Function of) const {
    for (std::int32_t done[4]{};; y += extent[4]) {
      of(y, a, b);
      int d = 3;
      for (; d >= 0; --d) {
        a += a_step[d], b += b_step[d];
        if (++done[d] < extent[d]) break;
        a -= a_step[d] * extent[d], b -= b_step[d] * extent[d];
        done[d] = 0;
      }
      if (d < 0) return;
    }
  }

  // *y++ = of(*a, *b)
  template <class Result, class Left, class Right, class Function>
  constexpr void for_each(Result* y, const Left* a, const Right* b, Function of) const {
    for_each_row(y, a, b, [this, of](Result* to, const Left* left, const Right* right) {
      for (std::int32_t c = 0; c < extent[4]; ++c, left += a_step[4], right += b_step[4]) *to++ = of(*left, *right);
    });
  }

  constexpr void members(auto&& list) const {
    list("extent", extent);
    list("a_step", a_step);
    list("b_step", b_step);
  }
};

}  // namespace nn::graph
