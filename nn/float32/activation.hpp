// Activation of float32, number by number: ReLU and its kind as limits and a slope below 0, or a curve.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

enum class Curve { line, logistic, tanh, hard_swish };

struct Activation {
  static constexpr std::string_view kind = "Activation";

  std::int32_t count;
  Curve curve;
  float slope;  // of a line, below 0
  Limits limits;

  constexpr int8::Overlap overlap(int) const { return int8::in_place; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      const float value = numbers(x)[i];
      numbers(y)[i] = limits(curve == Curve::logistic     ? Elementary<float>::sigmoid(value)
                             : curve == Curve::tanh       ? Elementary<float>::tanh(value)
                             : curve == Curve::hard_swish ? value * (value < -3 ? 0 : value < 3 ? value + 3 : 6) / 6
                             : value < 0                  ? slope * value
                                                          : value);
    }
  }
};

}  // namespace nn::float32
