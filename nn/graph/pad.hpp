// Pad: the input within a larger output, the rest filled with one number.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Number>
struct Pad {
  static constexpr std::string_view kind = "Pad";

  std::int32_t input[5];
  std::int32_t before[5];
  std::int32_t output[5];
  Number value;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr void members(auto&& list) const {
    list("input", input);
    list("before", before);
    list("output", output);
    list("value", value);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* x) const {
    fill(y, output[0] * output[1] * output[2] * output[3] * output[4], value);
    for (std::int32_t m = 0; m < input[0]; ++m)
      for (std::int32_t n = 0; n < input[1]; ++n)
        for (std::int32_t i = 0; i < input[2]; ++i)
          for (std::int32_t j = 0; j < input[3]; ++j, x += input[4]) copy(y + place(m, n, i, j), x, input[4]);
  }

 private:
  constexpr std::int32_t place(std::int32_t m, std::int32_t n, std::int32_t i, std::int32_t j) const {
    const std::int32_t image = (m + before[0]) * output[1] + n + before[1];
    return ((image * output[2] + i + before[2]) * output[3] + j + before[3]) * output[4] + before[4];
  }
};

}  // namespace nn::graph
