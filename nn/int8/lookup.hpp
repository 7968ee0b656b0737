// Lookup: a function of one code of 8 bits as a table of its 256 values, from the least code on: logistic, tanh, leaky ReLU, a
// change of scale or of sign, and whatever else the importer can compute.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::int8 {

template <class Result, class From>
struct LookupOf {
  static constexpr std::string_view kind = "Lookup";

  std::int32_t count;
  const Result* table;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("table", graph::listed(table, 256));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Result* y, const From* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = table[x[i] - std::numeric_limits<From>::min()];
  }
};

using Lookup = LookupOf<std::int8_t, std::int8_t>;

}  // namespace nn::int8
