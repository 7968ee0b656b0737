// Copy: the same numbers once more: what a variable held, before it is written; what becomes its new value.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

// `count` numbers from one place to another, which lies apart or below; returns where the next one goes.
template <class Number>
constexpr Number* copy(Number* to, const Number* from, std::int32_t count) {
  return std::copy_n(from, count, to);
}

template <class Number>
constexpr Number* fill(Number* to, std::int32_t count, Number value) {
  for (std::int32_t i = 0; i < count; ++i) to[i] = value;
  return to + count;
}

template <class Number>
struct Copy {
  static constexpr std::string_view kind = "Copy";

  std::int32_t count;

  constexpr Overlap overlap(int) const { return in_place; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  constexpr void run(Call, Number* y, const Number* x) const {
    if (y != x) copy(y, x, count);
  }
};

}  // namespace nn::graph
