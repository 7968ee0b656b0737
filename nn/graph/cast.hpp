// Cast: the same numbers in another type. A float is cut towards zero; beyond the ends of a whole type it becomes its end, a NaN
// becomes 0.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Result, class From>
struct Cast {
  static constexpr std::string_view kind = "Cast";

  std::int32_t count;

  constexpr Overlap overlap(int) const { return sizeof(Result) <= sizeof(From) ? in_place : no_overlap; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Result* y, const From* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = cast(x[i]);
  }

 private:
  static constexpr Result cast(From x) {
    if constexpr (std::is_same_v<Result, bool>) {
      return x != From{0};
    } else if constexpr (std::is_same_v<From, float> && !std::is_same_v<Result, float>) {
      constexpr float least = static_cast<float>(std::numeric_limits<Result>::min());
      constexpr float beyond = -2.0f * static_cast<float>(std::numeric_limits<Result>::min() / 2);
      constexpr float end = std::is_signed_v<Result> ? beyond : static_cast<float>(std::numeric_limits<Result>::max()) + 1;
      if (!(x == x)) return 0;
      return x <= least ? std::numeric_limits<Result>::min()
             : x >= end ? std::numeric_limits<Result>::max()
                        : static_cast<Result>(x);
    } else {
      return static_cast<Result>(x);
    }
  }
};

}  // namespace nn::graph
