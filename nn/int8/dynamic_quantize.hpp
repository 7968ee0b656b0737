// Codes of 8 bits whose scale and zero point follow from the numbers themselves, so that 0 has a code, as ONNX's
// DynamicQuantizeLinear has them:
//
//   scale = (most - least) / 255    1 where all are 0        least = min(0, x), most = max(0, x)
//   zero  = nearest_even(-least / scale) - 128
//   code  = clamp(nearest_even(x / scale) + zero)
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/affine.hpp"
#include "nn/int8/rounding.hpp"

namespace nn::int8 {

struct DynamicScale {
  static constexpr std::string_view kind = "DynamicScale";

  std::int32_t count;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, float* y, const float* x) const {
    float least = 0, most = 0;
    for (std::int32_t i = 0; i < count; ++i) {
      if (x[i] < least) least = x[i];
      if (x[i] > most) most = x[i];
    }
    *y = most > least ? (most - least) / 255 : 1;
  }
};

struct DynamicZero {
  static constexpr std::string_view kind = "DynamicZero";

  std::int32_t count;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const float* x, const float* scale) const {
    float least = 0;
    for (std::int32_t i = 0; i < count; ++i)
      if (x[i] < least) least = x[i];
    *y = static_cast<std::int8_t>(Float32::code_of(-least / *scale, {-128, -128, 127}));
  }
};

struct DynamicCodes {
  static constexpr std::string_view kind = "DynamicCodes";

  std::int32_t count;

  constexpr graph::Overlap overlap(int input) const { return input == 0 ? graph::in_place : graph::no_overlap; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const float* x, const float* scale,
                                       const std::int8_t* zero) const {
    const Range range{*zero, -128, 127};
    for (std::int32_t i = 0; i < count; ++i) y[i] = static_cast<std::int8_t>(Float32::code_of(x[i] / *scale, range));
  }
};

}  // namespace nn::int8
