// Lookup: a function of one int8 number as a table of its 256 values, in the order -128 … 127: logistic, tanh, leaky ReLU, a
// change of scale, and whatever else the importer can compute.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::int8 {

struct Lookup {
  static constexpr std::string_view kind = "Lookup";

  std::int32_t count;
  const std::int8_t* table;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("table", graph::listed(table, 256));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = table[x[i] + 128];
  }
};

}  // namespace nn::int8
