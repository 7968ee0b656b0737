// FullyConnected of float32: y = W·x + b, for each of `rows` inputs. Sums in the order of nn::Portable::dot, then the bias.
//
//   x  [rows][inputs]    W  [outputs][inputs]    b  [outputs]    y  [rows][outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct FullyConnected {
  static constexpr std::string_view kind = "FullyConnected";

  std::int32_t rows;
  std::int32_t inputs;
  std::int32_t outputs;
  const float* weight;
  const float* bias;
  Limits limits;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr std::int64_t products() const { return std::int64_t{rows} * inputs * outputs; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("inputs", inputs);
    list("outputs", outputs);
    list("weight", graph::listed(weight, outputs * inputs));
    list("bias", graph::listed(bias, outputs));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    float* to = y;
    const float* from = x;
    for (std::int32_t r = 0; r < rows; ++r, from += inputs)
      for (std::int32_t o = 0; o < outputs; ++o)
        *to++ = limits(Portable::dot<float>(weight + o * inputs, from, static_cast<std::size_t>(inputs)) + bias[o]);
  }
};

}  // namespace nn::float32
