// A depthwise convolution of one channel is a convolution whose windows have one: its weights are turned by the compiler.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/int8/conv_2d.hpp"

namespace nn::int8 {

template <class Rounding, const auto& Depthwise>
struct OfOneChannel {
  static constexpr std::int32_t taps = Depthwise.taps();
  static constexpr std::int32_t outputs = Depthwise.window.output.channels;
  alignas(4) static constexpr auto one_channel_weight = [] {
    std::array<std::int8_t, static_cast<std::size_t>(taps * outputs)> turned{};
    std::int8_t* to = turned.data();
    for (std::int32_t o = 0; o < outputs; ++o)
      for (std::int32_t t = 0; t < taps; ++t) *to++ = Depthwise.weight[t * outputs + o];
    return turned;
  }();
  static constexpr Conv2dOf<Rounding> operation{Depthwise.window, Depthwise.zero,       one_channel_weight.data(),
                                                Depthwise.bias,   Depthwise.scale,      Depthwise.scale_step,
                                                Depthwise.range,  Depthwise.simple};
};

}  // namespace nn::int8
