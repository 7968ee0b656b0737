// ArgExtremum: where the greatest, or the smallest, of the numbers along one dimension stands; the first of equal ones.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct ArgExtremum {
  static constexpr std::string_view kind = "ArgExtremum";

  std::int32_t outer;
  std::int32_t extent;  // of the dimension
  std::int32_t inner;
  bool greatest;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("outer", outer);
    list("extent", extent);
    list("inner", inner);
    list("greatest", greatest);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int32_t* y, const Number* x) const {
    for (std::int32_t o = 0; o < outer; ++o, x += extent * inner)
      for (std::int32_t i = 0; i < inner; ++i) {
        std::int32_t best = 0;
        for (std::int32_t at = 1; at < extent; ++at) {
          const Number number = x[at * inner + i], until_now = x[best * inner + i];
          if (greatest ? number > until_now : number < until_now) best = at;
        }
        *y++ = best;
      }
  }
};

}  // namespace nn::graph
