// Select: of two numbers the first where a condition holds, else the second; each of the three may be repeated along dimensions
// where it has the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct Select {
  static constexpr std::string_view kind = "Select";

  std::int32_t extent[5];
  std::int32_t condition_step[5];  // 0 where it is repeated
  std::int32_t a_step[5];
  std::int32_t b_step[5];

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("extent", extent);
    list("condition_step", condition_step);
    list("a_step", a_step);
    list("b_step", b_step);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const bool* condition, const Number* a, const Number* b) const {
    std::int32_t at[5]{};
    const auto place = [&at](const std::int32_t (&step)[5]) {
      return at[0] * step[0] + at[1] * step[1] + at[2] * step[2] + at[3] * step[3] + at[4] * step[4];
    };
    for (at[0] = 0; at[0] < extent[0]; ++at[0])
      for (at[1] = 0; at[1] < extent[1]; ++at[1])
        for (at[2] = 0; at[2] < extent[2]; ++at[2])
          for (at[3] = 0; at[3] < extent[3]; ++at[3])
            for (at[4] = 0; at[4] < extent[4]; ++at[4])
              *y++ = condition[place(condition_step)] ? a[place(a_step)] : b[place(b_step)];
  }
};

}  // namespace nn::graph
