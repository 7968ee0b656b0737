// Concatenation: inputs side by side along one dimension: `repeats` times, a part of each.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct Concatenation {
  static constexpr std::string_view kind = "Concatenation";

  std::int32_t repeats;
  std::int32_t inputs;
  const std::int32_t* part;  // numbers of each input

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("repeats", repeats);
    list("inputs", inputs);
    list("part", listed(part, inputs));
  }

  // Each of `from` is a pointer to numbers.
  template <class Kernels>
  constexpr void run_all(Call, Number* y, const auto& from) const {
    for (std::int32_t r = 0; r < repeats; ++r) {
      const std::int32_t* count = part;
      for (const Number* x : from) {
        y = copy(y, x + r * *count, *count);
        ++count;
      }
    }
  }
};

}  // namespace nn::graph
