// Pick: blocks of the input that are chosen by index: rows of a table, channels in another order. An index beyond the table is
// brought to its nearest end, so that nothing outside is read.
//
//   y[b][o][i] = x[b][o][index[b][i]]      of `block` numbers each
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct Pick {
  static constexpr std::string_view kind = "Pick";

  std::int32_t batch;    // each with indices of its own
  std::int32_t outer;
  std::int32_t extent;   // blocks to choose from
  std::int32_t indices;
  std::int32_t block;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("outer", outer);
    list("extent", extent);
    list("indices", indices);
    list("block", block);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x, const std::int32_t* index) const {
    for (std::int32_t b = 0; b < batch; ++b, index += indices)
      for (std::int32_t o = 0; o < outer; ++o, x += extent * block)
        for (std::int32_t i = 0; i < indices; ++i) {
          const std::int32_t chosen = index[i] < 0 ? 0 : index[i] < extent ? index[i] : extent - 1;
          y = copy(y, x + chosen * block, block);
        }
  }
};

}  // namespace nn::graph
