// Largest: the greatest of the numbers along some dimensions.
#pragma once

#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/graph/reduction.hpp"

namespace nn::graph {

template <class Number>
struct Largest {
  static constexpr std::string_view kind = "Largest";

  Reduction reduction;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const { list("reduction", reduction); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    Number most{};
    reduction.for_each(
        x, [&most](Number number) { most = number; }, [&most](Number number) { most = number > most ? number : most; },
        [&most, y](std::int32_t o) { y[o] = most; });
  }
};

}  // namespace nn::graph
