// Activation of float32, number by number: ReLU and its kind as limits and a slope below 0, or a curve.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

enum class Curve { line, logistic, tanh, hard_swish };
constexpr std::string_view spelled(Curve value) {
  switch (value) {
    case Curve::line: return "nn::float32::Curve::line";
    case Curve::logistic: return "nn::float32::Curve::logistic";
    case Curve::tanh: return "nn::float32::Curve::tanh";
    case Curve::hard_swish: return "nn::float32::Curve::hard_swish";
  }
  return {};
}

struct Activation {
  static constexpr std::string_view kind = "Activation";

  std::int32_t count;
  Curve curve;
  float slope;  // of a line, below 0
  Limits limits;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("curve", curve);
    list("slope", slope);
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) {
      const float value = x[i];
      y[i] = limits(curve == Curve::logistic     ? Elementary<float>::sigmoid(value)
                             : curve == Curve::tanh       ? Elementary<float>::tanh(value)
                             : curve == Curve::hard_swish ? value * (value < -3 ? 0 : value < 3 ? value + 3 : 6) / 6
                             : value < 0                  ? slope * value
                                                          : value);
    }
  }
};

}  // namespace nn::float32
