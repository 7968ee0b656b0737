// StridedCopy: blocks of the input in another order, or some of them: slices, parts of a split, transposes.
//
//   y[n][i][j][k][b] = x[start + n·step[0] + i·step[1] + j·step[2] + k·step[3] + b]      b = 0 … block - 1, all in bytes
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"

namespace nn::int8 {

struct StridedCopy {
  static constexpr std::string_view kind = "StridedCopy";

  std::int32_t extent[4];
  std::int32_t step[4];  // may be negative
  std::int32_t start;
  std::int32_t block;

  constexpr std::int32_t blocks() const { return extent[0] * extent[1] * extent[2] * extent[3]; }
  // Where block `b` of the output is read.
  constexpr std::int32_t from(std::int32_t b) const {
    std::int32_t at = start;
    for (int d = 3; d >= 0; b /= extent[d--]) at += b % extent[d] * step[d];
    return at;
  }

  // Does the order stay? Then no block is written beyond where it is read.
  constexpr bool ordered() const {
    std::int32_t within = block;
    for (int d = 3; d >= 0; --d) {
      if (extent[d] == 1) continue;
      if (step[d] < within) return false;
      within = extent[d] * step[d];
    }
    return true;
  }

  // From the lowest up only, each block read before it is written: a slice is in place.
  constexpr Overlap overlap(int) const {
    if (ordered()) return in_place;
    std::int32_t below = 0;
    std::int32_t lowest = from(blocks() - 1);
    for (std::int32_t b = blocks() - 1; b >= 0; --b) {
      if (from(b) < lowest) lowest = from(b);
      if (b * block - lowest > below) below = b * block - lowest;
    }
    return {below, apart};
  }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t n = 0; n < extent[0]; ++n)
      for (std::int32_t i = 0; i < extent[1]; ++i)
        for (std::int32_t j = 0; j < extent[2]; ++j) {
          std::int32_t at = start + n * step[0] + i * step[1] + j * step[2];
          for (std::int32_t k = 0; k < extent[3]; ++k, at += step[3]) y = copy(y, x + at, block);
        }
  }
};

}  // namespace nn::int8
