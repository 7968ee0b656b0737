// Svdf: a fully connected layer of rank `rank` over the last `memory` inputs. Each filter projects the input on one number, keeps
// as many of these as it has weights in time, and sums them up; a unit is the sum of its filters.
//
//   x  [batch][inputs]    W  [units·rank][inputs] in feature, V  [units·rank][memory] in time, b  [units]    y  [batch][units]
//   s  [batch][units·rank][memory], the state, the latest last: s = clamp(W·x), of Number, read modulo its range as the
//      reference has it: it adds the state's zero point after it clamps
//
// Nakkiran et al., Compressing Deep Neural Networks using a Rank-Constrained Topology (2015).
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

template <class Number>
struct Svdf {
  static constexpr std::string_view kind = "Svdf";

  std::int32_t batch;
  std::int32_t inputs;
  std::int32_t units;
  std::int32_t rank;
  std::int32_t memory;
  const std::int8_t* feature;
  const std::int32_t* feature_bias;  // the input's zero point folded in
  const Number* time;
  const std::int32_t* bias;
  Scale feature_scale;  // of the state
  Scale scale;
  std::int32_t state_zero;
  Range range;

  constexpr std::int32_t filters() const { return units * rank; }
  constexpr graph::Overlap overlap(int) const {
    return graph::walked_rows(batch, inputs, units);
  }
  constexpr std::int32_t state() const { return batch * filters() * memory * static_cast<std::int32_t>(sizeof(Number)); }
  constexpr std::int64_t products() const { return std::int64_t{batch} * filters() * (inputs + memory); }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("inputs", inputs);
    list("units", units);
    list("rank", rank);
    list("memory", memory);
    list("feature", graph::listed(feature, filters() * inputs));
    list("feature_bias", graph::listed(feature_bias, filters()));
    list("time", graph::listed(time, filters() * memory));
    list("bias", graph::listed(bias, units));
    list("feature_scale", feature_scale);
    list("scale", scale);
    list("state_zero", state_zero);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t done = 0; done < batch; ++done) {
      const std::int32_t b = call.backward ? batch - 1 - done : done;
      Number* state = graph::numbers<Number>(call.state) + b * filters() * memory;
      for (std::int32_t u = 0; u < units; ++u) {
        std::uint32_t sum = static_cast<std::uint32_t>(bias[u]);
        for (std::int32_t f = u * rank; f < (u + 1) * rank; ++f, state += memory) sum += filter(f, x + b * inputs, state);
        y[b * units + u] = code(requantize(static_cast<std::int32_t>(sum), scale), range);
      }
    }
  }

 private:
  // One more input of filter `f`, and the sum over the last ones.
  std::uint32_t filter(std::int32_t f, const std::int8_t* x, Number* state) const {
    std::uint32_t projected = static_cast<std::uint32_t>(feature_bias[f]);
    for (std::int32_t i = 0; i < inputs; ++i) projected += static_cast<std::uint32_t>(feature[f * inputs + i] * x[i]);
    const std::int32_t latest = requantize(static_cast<std::int32_t>(projected), feature_scale);
    std::uint32_t sum = 0;
    for (std::int32_t m = 0; m < memory; ++m) {
      state[m] = m + 1 < memory
                     ? state[m + 1]
                     : static_cast<Number>(clamp(latest, std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()));
      sum += static_cast<std::uint32_t>(time[f * memory + m] * (static_cast<Number>(state[m] + state_zero) - state_zero));
    }
    return sum;
  }
};

}  // namespace nn::int8
