// RnnSequence: Elman's recurrent layer over a sequence, in float32; it begins anew with each run.
//
//   h = f(W·x + R·h + b), which is also y
//
// Elman, Finding Structure in Time (1990).
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/gates.hpp"
#include "nn/graph/call.hpp"
#include "nn/number/elementary.hpp"

namespace nn::float32 {

enum class RnnFunction { tanh, relu, sigmoid };
constexpr std::string_view spelled(RnnFunction value) {
  switch (value) {
    case RnnFunction::tanh: return "nn::float32::RnnFunction::tanh";
    case RnnFunction::relu: return "nn::float32::RnnFunction::relu";
    case RnnFunction::sigmoid: return "nn::float32::RnnFunction::sigmoid";
  }
  return {};
}

struct RnnSequence {
  static constexpr std::string_view kind = "RnnSequence";

  graph::Recurrence shape;
  Gates gates;  // one
  RnnFunction function;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(float)); }
  constexpr std::int32_t scratch() const { return 4 * shape.units; }
  constexpr std::int64_t products() const { return shape.products(1); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("gates", graph::Nested{[this](auto&& of) { gates.members(of, shape, 1); }});
    list("function", function);
  }

  template <class Kernels>
  [[gnu::noinline]] void run_all(graph::Call call, float* y, const auto& from) const {
    const float *const x = graph::input_or_none<float>(from, 0), *const initial = graph::input_or_none<float>(from, 1);
    float* const made = graph::begin_numbers<float>(call.scratch, static_cast<std::size_t>(shape.units));
    shape.walk(y, x, initial, made, [this](std::int32_t, float* next, const float* now, const float* h) {
      for (std::int32_t u = 0; u < shape.units; ++u) next[u] = apply(gates.sum(shape, u, now, h));
    });
  }

 private:
  float apply(float sum) const {
    if (function == RnnFunction::relu) return sum < 0 ? 0 : sum;
    return function == RnnFunction::tanh ? Elementary<float>::tanh(sum) : Elementary<float>::sigmoid(sum);
  }
};

}  // namespace nn::float32
