// MirrorPad: a border of the numbers within, mirrored at the edge: the number at the edge itself is repeated if `offset` is 0
// (symmetric), and not if it is 1 (reflect).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct MirrorPad {
  static constexpr std::string_view kind = "MirrorPad";

  std::int32_t input[5];
  std::int32_t output[5];
  std::int32_t before[5];
  std::int32_t offset;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("input", input);
    list("output", output);
    list("before", before);
    list("offset", offset);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    for (std::int32_t m = 0; m < output[0]; ++m)
      for (std::int32_t n = 0; n < output[1]; ++n)
        for (std::int32_t i = 0; i < output[2]; ++i)
          for (std::int32_t j = 0; j < output[3]; ++j) {
            const std::int32_t row = ((place(0, m) * input[1] + place(1, n)) * input[2] + place(2, i)) * input[3] + place(3, j);
            for (std::int32_t k = 0; k < output[4]; ++k) *y++ = x[row * input[4] + place(4, k)];
          }
  }

 private:
  constexpr std::int32_t place(int d, std::int32_t at) const {
    const std::int32_t from = at - before[d];
    return from < 0 ? -from - 1 + offset : from < input[d] ? from : 2 * input[d] - from - 1 - offset;
  }
};

}  // namespace nn::graph
