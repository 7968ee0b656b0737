// Quantize: a float as the nearest code, half away from zero, and Dequantize: a code as a float.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/requantize.hpp"
#include "nn/int8/overlap.hpp"

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
    for (std::int32_t i = 0; i < count; ++i) {
      const float quotient = numbers[i] / scale;
      const float bounded = quotient < -512 ? -512 : quotient < 512 ? quotient : 512;  // 512 for a NaN too
      const std::int32_t whole = static_cast<std::int32_t>(bounded);
      const float rest = bounded - static_cast<float>(whole);
      y[i] = code(rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole, range);
    }
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
