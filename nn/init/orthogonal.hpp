// Orthogonal weights: square blocks whose rows are at right angles to each other and of length 1, so that a hidden vector keeps
// its length from step to step. Random rows (sums of four uniform numbers), each freed of its share in those before it, twice,
// which is as good as exact: Giraud et al., The loss of orthogonality in the Gram-Schmidt process (2005). Saxe et al. (2013),
// section 3.
#pragma once

#include <array>
#include <cstddef>

#include "nn/matrix.hpp"
#include "nn/number/elementary.hpp"
#include "nn/number/fixed.hpp"
#include "nn/random.hpp"

namespace nn {

// Overwrites weight, blocks of Size rows below each other. One row of float is on the stack.
template <class Number, std::size_t Rows, std::size_t Size>
constexpr void make_orthogonal(Matrix<Number, Rows, Size>& weight, Random& random) {
  static_assert(Rows % Size == 0, "nn::make_orthogonal: the matrix consists of square blocks");
  for (std::size_t first = 0; first < Rows; first += Size)
    for (std::size_t r = first; r < first + Size; ++r) {
      std::array<float, Size> row{};
      for (float& w : row)
        for (int k = 0; k < 4; ++k) w += random.uniform() - 0.5f;
      for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t before = first; before < r; ++before) {
          float share = 0;
          for (std::size_t i = 0; i < Size; ++i) share += row[i] * static_cast<float>(weight[before][i]);
          for (std::size_t i = 0; i < Size; ++i) row[i] -= share * static_cast<float>(weight[before][i]);
        }
        float squares = 0;
        for (const float w : row) squares += w * w;
        const float scale = 1 / Elementary<float>::sqrt(squares);
        for (float& w : row) w *= scale;
      }
      for (std::size_t i = 0; i < Size; ++i) weight[r][i] = number<Number>(row[i]);
    }
}

}  // namespace nn
