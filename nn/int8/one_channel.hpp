// A depthwise convolution of one channel is a convolution whose windows have one: its weights are turned by the compiler.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/graph/laid_out.hpp"
#include "nn/int8/conv_2d.hpp"
#include "nn/int8/depthwise_conv_2d.hpp"

namespace nn::int8 {

template <class Rounding, const auto& Operator>
struct OfOneChannel {
  static constexpr std::int32_t taps = Operator.taps();
  static constexpr std::int32_t outputs = Operator.window.output.channels;
  alignas(4) static constexpr std::array<std::int8_t, static_cast<std::size_t>(taps* outputs)> one_channel_weight = [] {
    std::array<std::int8_t, static_cast<std::size_t>(taps * outputs)> turned{};
    std::int8_t* to = turned.data();
    for (std::int32_t o = 0; o < outputs; ++o)
      for (std::int32_t t = 0; t < taps; ++t) *to++ = Operator.weight[t * outputs + o];
    return turned;
  }();
  static constexpr Conv2dOf<Rounding> operation{Operator.window, Operator.zero,       one_channel_weight.data(), Operator.bias,
                                    Operator.scale,  Operator.scale_step, Operator.range,            Operator.simple};
};

template <class Rounding>
template <const auto& Self>
constexpr const auto& DepthwiseConv2dOf<Rounding>::simplified() {
  if constexpr (Self.window.input.channels == 1 && graph::ReadsConstants<Self>)
    return OfOneChannel<Rounding, Self>::operation;
  else
    return Self;
}

}  // namespace nn::int8
