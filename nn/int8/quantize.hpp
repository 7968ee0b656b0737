// Quantize: a float as the nearest code, half away from zero, and Dequantize: a code as a float.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/affine.hpp"
#include "nn/int8/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct Quantize {
  static constexpr std::string_view kind = "Quantize";

  std::int32_t count;
  float scale;
  Range range;

  constexpr Overlap overlap(int) const { return in_place; }  // 4 bytes become 1
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(Call, std::int8_t* y, const std::int8_t* x) const {
    const float* const numbers = reinterpret_cast<const float*>(x);
    for (std::int32_t i = 0; i < count; ++i) y[i] = code(nearest(numbers[i] / scale), range);
  }
};

struct Dequantize {
  static constexpr std::string_view kind = "Dequantize";

  std::int32_t count;
  float scale;
  std::int32_t zero;

  constexpr Overlap overlap(int) const { return no_overlap; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(Call, std::int8_t* y, const std::int8_t* x) const {
    float* const numbers = reinterpret_cast<float*>(y);
    for (std::int32_t i = 0; i < count; ++i) numbers[i] = scale * static_cast<float>(x[i] - zero);
  }
};

}  // namespace nn::int8
