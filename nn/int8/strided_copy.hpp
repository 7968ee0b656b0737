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

  // From the lowest up only: a slice can be in place.
  constexpr Overlap overlap(int) const {
    std::int32_t input = 0;
    for (std::int32_t b = 0; b < blocks(); ++b)
      if (from(b) + block > input) input = from(b) + block;
    const Overlap distance = walked(blocks(), 0, block, input, [this](std::int32_t b) { return Reads{from(b), from(b) + block}; });
    return {distance.below, apart};
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
