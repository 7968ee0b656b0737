// Quantize: a float as the nearest code, halves away from zero or, by Float32 rounding, to even; Dequantize: a code as a float.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/affine.hpp"
#include "nn/int8/rounding.hpp"

namespace nn::int8 {

template <class Code, class Rounding = Reference>
struct QuantizeTo {
  static constexpr std::string_view kind = "Quantize";

  std::int32_t count;
  float scale;
  Range range;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }  // 4 bytes become fewer
  constexpr void members(auto&& list) const {
    list("count", count);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, Code* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = static_cast<Code>(Rounding::code_of(x[i] / scale, range));
  }
};

template <class Code>
struct DequantizeFrom {
  static constexpr std::string_view kind = "Dequantize";

  std::int32_t count;
  float scale;
  std::int32_t zero;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("scale", scale);
    list("zero", zero);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const Code* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = scale * static_cast<float>(x[i] - zero);
  }
};

using Quantize = QuantizeTo<std::int8_t>;
using Dequantize = DequantizeFrom<std::int8_t>;

}  // namespace nn::int8
