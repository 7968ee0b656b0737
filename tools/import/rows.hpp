// Rows: what convolutions and fully connected layers on int8 have in common. Output o is requantized
//
//   b[o] + Σ w(o, t, c) · x[tap t][channel(o, c)]     over the taps t of the window and the channels c that o reads
#pragma once

#include <algorithm>
#include <cstdlib>
#include <type_traits>
#include <vector>

#include "nn/graph/window.hpp"
#include "nn/int8/rounding.hpp"
#include "tools/import/interval.hpp"

namespace tools::importer {

// The scales of a layer, of either rounding.
struct Scales {
  const nn::int8::Scale* reference = nullptr;
  const float* float32 = nullptr;

  Scales() = default;
  Scales(const nn::int8::Scale* of) : reference{of} {}
  Scales(const float* of) : float32{of} {}
  operator const nn::int8::Scale*() const { return reference; }
  operator const float*() const { return float32; }

  // The codes of sums by scale i, before they are clamped.
  Interval codes(const Sum& sum, std::int32_t i, std::int32_t zero) const {
    return float32 == nullptr ? requantized(sum, reference[i], zero) : requantized(sum, float32[i], zero);
  }
};

struct Rows {
  nn::graph::Window window;  // of a FullyConnected: one tap
  std::int32_t outputs;
  std::int32_t reads;       // channels
  std::int32_t multiplier;  // of a depthwise convolution, else 0
  std::int32_t zero;        // what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  Scales scale;
  std::int32_t scale_step;
  nn::int8::Range range;
  std::int32_t first = 0;  // of a depthwise convolution: the channel that its first outputs read

  bool depthwise() const { return multiplier != 0; }
  std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  std::int32_t channel(std::int32_t o, std::int32_t c) const { return depthwise() ? first + o / multiplier : c; }
  // Where in `weight`; and the output of what is there.
  std::int32_t place(std::int32_t o, std::int32_t t, std::int32_t c) const {
    return depthwise() ? t * outputs + o : (o * taps() + t) * reads + c;
  }
  std::int32_t owner(std::int32_t at) const { return depthwise() ? at % outputs : at / (taps() * reads); }
  std::int32_t w(std::int32_t o, std::int32_t t, std::int32_t c) const { return weight[place(o, t, c)]; }
  // Has output o no weight but 0 for the channel c that it reads?
  bool ignores(std::int32_t o, std::int32_t c) const {
    for (std::int32_t t = 0; t < taps(); ++t)
      if (w(o, t, c) != 0) return false;
    return true;
  }
};

// What is left of a layer's weights.
template <class Kernel>
void set_weights(Kernel& layer, const Rows& rest, bool simple) {
  layer.weight = rest.weight;
  layer.bias = rest.bias;
  layer.scale = rest.scale;
  layer.simple = simple;
}

// nn::Int8Rows::simple: do all sums stay within ±2^30, whatever the input, and do all scales shift to the right? Weight i belongs
// to the sum that begins with bias[owner(i)].
template <class Scale>
bool simple(const std::vector<std::int32_t>& bias, const std::vector<std::int8_t>& weight, const std::vector<Scale>& scale,
            auto owner) {
  std::vector<std::int64_t> bound;
  for (std::int32_t b : bias) bound.push_back(std::abs(std::int64_t{b}));
  for (std::size_t i = 0; i < weight.size(); ++i) bound[owner(i)] += 128 * std::abs(std::int64_t{weight[i]});
  if (!std::ranges::all_of(bound, [](std::int64_t sum) { return sum < 1 << 30; })) return false;
  if constexpr (std::is_same_v<Scale, float>)
    return true;
  else
    return std::ranges::all_of(scale, [](const Scale& each) { return each.shift < 0; });
}

}  // namespace tools::importer
