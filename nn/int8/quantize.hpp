// Quantize: a float as the nearest code, half away from zero, and Dequantize: a code as a float.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "nn/int8/affine.hpp"
#include "nn/int8/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Code>
struct QuantizeTo {
  static constexpr std::string_view kind = "Quantize";

  std::int32_t count;
  float scale;
  Range range;

  constexpr Overlap overlap(int) const { return in_place; }  // 4 bytes become fewer
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(Call, Code* y, const std::int8_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      float number;
      std::memcpy(&number, x + i * 4, sizeof number);
      y[i] = code<Code>(nearest(number / scale), range);
    }
  }
};

template <class Code>
struct DequantizeFrom {
  static constexpr std::string_view kind = "Dequantize";

  std::int32_t count;
  float scale;
  std::int32_t zero;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(Call, float* y, const Code* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = scale * static_cast<float>(x[i] - zero);
  }
};

using Quantize = QuantizeTo<std::int8_t>;
using Dequantize = DequantizeFrom<std::int8_t>;

}  // namespace nn::int8
