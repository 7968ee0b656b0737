// Broadcast: two inputs walked together over the output's four dimensions. The step of an input along a dimension is 0 where
// it has the extent 1 and the output has more.
#pragma once

#include <cstdint>

#include "nn/int8/overlap.hpp"

namespace nn::int8 {

struct Broadcast {
  std::int32_t extent[4];
  std::int32_t a_step[4];
  std::int32_t b_step[4];

  constexpr bool whole(const std::int32_t* step) const {
    for (int d = 0; d < 4; ++d)
      if (step[d] == 0 && extent[d] > 1) return false;
    return true;
  }
  constexpr Overlap overlap(int input) const { return whole(input == 0 ? a_step : b_step) ? in_place : no_overlap; }

  // of(y, a, b) for every row of the last dimension: its first elements. y follows on.
  template <class Number, class Of>
  constexpr void for_each_row(Number* y, const Number* a, const Number* b, Of of) const {
    for (std::int32_t n = 0; n < extent[0]; ++n)
      for (std::int32_t i = 0; i < extent[1]; ++i)
        for (std::int32_t j = 0; j < extent[2]; ++j, y += extent[3])
          of(y, a + n * a_step[0] + i * a_step[1] + j * a_step[2], b + n * b_step[0] + i * b_step[1] + j * b_step[2]);
  }

  // *y++ = of(*a, *b)
  template <class Number, class Of>
  constexpr void for_each(Number* y, const Number* a, const Number* b, Of of) const {
    for_each_row(y, a, b, [this, of](Number* to, const Number* left, const Number* right) {
      for (std::int32_t c = 0; c < extent[3]; ++c, left += a_step[3], right += b_step[3]) *to++ = of(*left, *right);
    });
  }
};

}  // namespace nn::int8
