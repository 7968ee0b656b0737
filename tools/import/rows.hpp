// Rows: what Conv2d, DepthwiseConv2d and FullyConnected have in common. Output o is requantized
//
//   b[o] + Σ w(o, t, c) · x[tap t][channel(o, c)]     over the taps t of the window and the channels c that o reads
#pragma once

#include <algorithm>
#include <optional>
#include <type_traits>

#include "tools/import/network.hpp"

namespace tools::importer {

struct Rows {
  nn::int8::Window window;  // of a FullyConnected: one tap
  std::int32_t outputs;
  std::int32_t reads;       // channels
  std::int32_t multiplier;  // of a depthwise convolution, else 0
  std::int32_t zero;        // what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const nn::int8::Scale* scale;
  std::int32_t scale_step;
  nn::int8::Range range;

  bool depthwise() const { return multiplier != 0; }
  std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  std::int32_t channel(std::int32_t o, std::int32_t c) const { return depthwise() ? o / multiplier : c; }
  // Where in `weight`.
  std::int32_t place(std::int32_t o, std::int32_t t, std::int32_t c) const { return depthwise() ? t * outputs + o : (o * taps() + t) * reads + c; }
  std::int32_t w(std::int32_t o, std::int32_t t, std::int32_t c) const { return weight[place(o, t, c)]; }
  // Has output o no weight but 0 for the channel c that it reads?
  bool ignores(std::int32_t o, std::int32_t c) const {
    for (std::int32_t t = 0; t < taps(); ++t)
      if (w(o, t, c) != 0) return false;
    return true;
  }
};

inline std::optional<Rows> rows(const Operation& operation) {
  using namespace nn::int8;
  if (const auto* o = std::get_if<Conv2d>(&operation))
    return Rows{o->window, o->window.output.channels, o->window.input.channels, 0, o->zero, o->weight, o->bias, o->scale, o->scale_step, o->range};
  if (const auto* o = std::get_if<DepthwiseConv2d>(&operation))
    return Rows{o->window, o->window.output.channels, 1, o->multiplier, o->zero, o->weight, o->bias, o->scale, o->scale_step, o->range};
  if (const auto* o = std::get_if<FullyConnected>(&operation))
    return Rows{Window{.input = {1, 1, o->inputs}, .output = {1, 1, o->outputs}}, o->outputs, o->inputs, 0, 0, o->weight, o->bias, o->scale,
                o->scale_step, o->range};
  return std::nullopt;
}

// nn::Int8Rows::simple: do all sums stay within ±2^30, whatever the input, and do all scales shift to the right?
inline bool simple(const Rows& rows) {
  for (std::int32_t o = 0; o < rows.outputs; ++o) {
    std::int64_t bound = std::abs(std::int64_t{rows.bias[o]});
    for (std::int32_t t = 0; t < rows.taps(); ++t)
      for (std::int32_t c = 0; c < rows.reads; ++c) bound += 128 * std::abs(rows.w(o, t, c));
    if (bound >= 1 << 30 || rows.scale[o * rows.scale_step].shift >= 0) return false;
  }
  return true;
}

}  // namespace tools::importer
