// Pad: the input within a larger output, the rest filled with one code.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"

namespace nn::int8 {

template <class Code>
struct PadOf {
  static constexpr std::string_view kind = "Pad";

  std::int32_t input[4];
  std::int32_t before[4];
  std::int32_t output[4];
  Code value;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Code* y, const Code* x) const {
    fill(y, output[0] * output[1] * output[2] * output[3], value);
    for (std::int32_t n = 0; n < input[0]; ++n)
      for (std::int32_t i = 0; i < input[1]; ++i)
        for (std::int32_t j = 0; j < input[2]; ++j, x += input[3])
          copy(y + (((n + before[0]) * output[1] + i + before[1]) * output[2] + j + before[2]) * output[3] + before[3], x, input[3]);
  }
};

using Pad = PadOf<std::int8_t>;

}  // namespace nn::int8
