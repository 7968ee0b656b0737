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
  template <class To, class Left, class Right, class Of>
  constexpr void for_each_row(To* y, const Left* a, const Right* b, Of of) const {
    for (std::int32_t m = 0; m < extent[0]; ++m)
      for (std::int32_t n = 0; n < extent[1]; ++n) {
        const Left* left = a + m * a_step[0] + n * a_step[1];
        const Right* right = b + m * b_step[0] + n * b_step[1];
        for (std::int32_t i = 0; i < extent[2]; ++i, left += a_step[2], right += b_step[2])
          for (std::int32_t j = 0; j < extent[3]; ++j, y += extent[4]) of(y, left + j * a_step[3], right + j * b_step[3]);
      }
  }

  // *y++ = of(*a, *b)
  template <class To, class Left, class Right, class Of>
  constexpr void for_each(To* y, const Left* a, const Right* b, Of of) const {
    for_each_row(y, a, b, [this, of](To* to, const Left* left, const Right* right) {
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
