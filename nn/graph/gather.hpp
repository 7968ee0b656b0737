// Gather: slices of the input along one dimension, each named by an index: rows of a table by tokens, channels in another order.
//
//   x  [outer][extent][inner]    i  [outer indices][count]    y  [outer][count][inner]
//
// y[o][c] = x[o][i[c]]; with `batched`, i[o][c]. An index beyond the ends takes the nearest slice.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number, class Index = std::int32_t>
struct Gather {
  static constexpr std::string_view kind = "Gather";

  std::int32_t outer;
  std::int32_t extent;
  std::int32_t count;
  std::int32_t inner;
  bool batched;  // each outer slice has indices of its own

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("outer", outer);
    list("extent", extent);
    list("count", count);
    list("inner", inner);
    list("batched", batched);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x, const Index* index) const {
    for (std::int32_t o = 0; o < outer; ++o, x += extent * inner)
      for (std::int32_t c = 0; c < count; ++c) {
        const Index i = index[batched ? o * count + c : c];
        const std::int32_t at = i < 0 ? 0 : i < extent ? static_cast<std::int32_t>(i) : extent - 1;
        y = copy(y, x + at * inner, inner);
      }
  }
};

}  // namespace nn::graph
