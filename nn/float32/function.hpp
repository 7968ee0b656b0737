// A function of float32, number by number, over its whole range: what leaves it, as the root of a negative number, is a NaN.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

enum class Function { absolute, negative, square, square_root, reciprocal_root, exponential, logarithm, elu };
constexpr std::string_view spelled(Function value) {
  switch (value) {
    case Function::absolute: return "nn::float32::Function::absolute";
    case Function::negative: return "nn::float32::Function::negative";
    case Function::square: return "nn::float32::Function::square";
    case Function::square_root: return "nn::float32::Function::square_root";
    case Function::reciprocal_root: return "nn::float32::Function::reciprocal_root";
    case Function::exponential: return "nn::float32::Function::exponential";
    case Function::logarithm: return "nn::float32::Function::logarithm";
    case Function::elu: return "nn::float32::Function::elu";
  }
  return {};
}

struct Each {
  static constexpr std::string_view kind = "Each";

  std::int32_t count;
  Function function;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("function", function);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = of(x[i]);
  }

 private:
  float of(float x) const {
    switch (function) {
      case Function::absolute: return std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) & 0x7fffffffu);
      case Function::negative: return -x;
      case Function::square: return x * x;
      case Function::square_root: return Elementary<float>::sqrt(x);
      case Function::reciprocal_root: return 1 / Elementary<float>::sqrt(x);
      case Function::exponential: return Elementary<float>::exp(x);
      case Function::logarithm: return Elementary<float>::log(x);
      case Function::elu: return x < 0 ? Elementary<float>::exp(x) - 1 : x;
    }
    return 0;
  }
};

}  // namespace nn::float32
