// Svdf of float32: nn/int8/svdf.hpp without the scales.
//
//   x  [batch][inputs]    W  [units·rank][inputs] in feature, V  [units·rank][memory] in time, b  [units]    y  [batch][units]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/kernels.hpp"

namespace nn::float32 {

struct Svdf {
  static constexpr std::string_view kind = "Svdf";

  std::int32_t batch;
  std::int32_t inputs;
  std::int32_t units;
  std::int32_t rank;
  std::int32_t memory;
  const float* feature;
  const float* time;
  const float* bias;
  Limits limits;

  constexpr std::int32_t filters() const { return units * rank; }
  constexpr graph::Overlap overlap(int) const {
    return graph::in_bytes(graph::walked_rows(batch, inputs, units), sizeof(float));
  }
  constexpr std::int32_t state() const { return batch * filters() * memory * static_cast<std::int32_t>(sizeof(float)); }
  constexpr std::int64_t products() const { return std::int64_t{batch} * filters() * (inputs + memory); }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("inputs", inputs);
    list("units", units);
    list("rank", rank);
    list("memory", memory);
    list("feature", graph::listed(feature, filters() * inputs));
    list("time", graph::listed(time, filters() * memory));
    list("bias", graph::listed(bias, units));
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    for (std::int32_t done = 0; done < batch; ++done) {
      const std::int32_t b = call.backward ? batch - 1 - done : done;
      float* state = graph::numbers<float>(call.state) + b * filters() * memory;
      for (std::int32_t u = 0; u < units; ++u) {
        float sum = bias[u];
        for (std::int32_t f = u * rank; f < (u + 1) * rank; ++f, state += memory) {
          for (std::int32_t m = 0; m + 1 < memory; ++m) state[m] = state[m + 1];
          state[memory - 1] = Portable::dot<float>(feature + f * inputs, x + b * inputs, static_cast<std::size_t>(inputs));
          sum += Portable::dot<float>(time + f * memory, state, static_cast<std::size_t>(memory));
        }
        y[b * units + u] = limits(sum);
      }
    }
  }
};

}  // namespace nn::float32
