// StridedCopy: blocks of the input in another order, or some of them: slices, parts of a split, transposes, reversals.
//
//   y[m][n][i][j][k][b] = x[start + m·step[0] + n·step[1] + i·step[2] + j·step[3] + k·step[4] + b]      b = 0 … block - 1
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct StridedCopy {
  static constexpr std::string_view kind = "StridedCopy";

  std::int32_t extent[5];
  std::int32_t step[5];  // may be negative
  std::int32_t start;
  std::int32_t block;

  constexpr std::int32_t blocks() const { return extent[0] * extent[1] * extent[2] * extent[3] * extent[4]; }
  // Where block `b` of the output is read.
  constexpr std::int32_t from(std::int32_t b) const {
    std::int32_t at = start;
    for (int d = 4; d >= 0; b /= extent[d--]) at += b % extent[d] * step[d];
    return at;
  }

  // Does the order stay? Then no block is written beyond where it is read.
  constexpr bool ordered() const {
    std::int32_t within = block;
    for (int d = 4; d >= 0; --d) {
      if (extent[d] == 1) continue;
      if (step[d] < within) return false;
      within = extent[d] * step[d];
    }
    return true;
  }

  // From the lowest up only, each block read before it is written: a slice is in place.
  constexpr Overlap overlap(int) const {
    if (ordered()) return in_place;
    if (blocks() > most_overlapping_blocks) return no_overlap;
    std::int32_t below = 0;
    std::int32_t lowest = from(blocks() - 1);
    for (std::int32_t b = blocks() - 1; b >= 0; --b) {
      if (from(b) < lowest) lowest = from(b);
      if (b * block - lowest > below) below = b * block - lowest;
    }
    return in_bytes({below, apart}, sizeof(Number));
  }

  constexpr void members(auto&& list) const {
    list("extent", extent);
    list("step", step);
    list("start", start);
    list("block", block);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    for (std::int32_t m = 0; m < extent[0]; ++m)
      for (std::int32_t n = 0; n < extent[1]; ++n)
        for (std::int32_t i = 0; i < extent[2]; ++i)
          for (std::int32_t j = 0; j < extent[3]; ++j) {
            std::int32_t at = start + m * step[0] + n * step[1] + i * step[2] + j * step[3];
            for (std::int32_t k = 0; k < extent[4]; ++k, at += step[4]) y = copy(y, x + at, block);
          }
  }

 private:
  // Of so many the compiler finds out how far they may overlap; beyond, it would take long.
  static constexpr std::int32_t most_overlapping_blocks = 2048;
};

}  // namespace nn::graph
