// Matrices: a batch of products of two matrices, y[r][c] = Σ a[r][d]·b[d][c]. Steps say where an index leads, so that a matrix
// may be turned on its side, or one of a batch be used again.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>

namespace nn::graph {

struct Matrices {
  std::int32_t batch[3];
  std::int32_t a_step[3];  // 0 where one is used again
  std::int32_t b_step[3];
  std::int32_t rows;
  std::int32_t columns;
  std::int32_t depth;
  std::int32_t a_row, a_depth;     // steps of a from row to row, and along the sum
  std::int32_t b_depth, b_column;  // and of b

  constexpr std::int64_t products() const { return std::int64_t{batch[0]} * batch[1] * batch[2] * rows * columns * depth; }

  // *y++ = of(first of a, first of b) for every number of the output.
  template <class Left, class Right>
  constexpr void for_each(auto* y, const Left* a, const Right* b, auto of) const {
    for (std::int32_t m = 0; m < batch[0]; ++m)
      for (std::int32_t n = 0; n < batch[1]; ++n)
        for (std::int32_t i = 0; i < batch[2]; ++i) {
          const Left* const left = a + m * a_step[0] + n * a_step[1] + i * a_step[2];
          const Right* const right = b + m * b_step[0] + n * b_step[1] + i * b_step[2];
          for (std::int32_t r = 0; r < rows; ++r)
            for (std::int32_t c = 0; c < columns; ++c) *y++ = of(left + r * a_row, right + c * b_column);
        }
  }

  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("a_step", a_step);
    list("b_step", b_step);
    list("rows", rows);
    list("columns", columns);
    list("depth", depth);
    list("a_row", a_row);
    list("a_depth", a_depth);
    list("b_depth", b_depth);
    list("b_column", b_column);
  }
};

}  // namespace nn::graph
