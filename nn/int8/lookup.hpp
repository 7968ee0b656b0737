// Lookup: a function of one int8 number as a table of its 256 values, in the order -128 … 127: logistic, tanh, leaky ReLU, a
// change of scale, and whatever else the importer can compute.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/overlap.hpp"

namespace nn::int8 {

struct Lookup {
  static constexpr std::string_view kind = "Lookup";

  std::int32_t count;
  const std::int8_t* table;

  constexpr Overlap overlap(int) const { return in_place; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = table[x[i] + 128];
  }
};

}  // namespace nn::int8
