// MaxPool2d: the largest code in each window, without those that fall over the edge.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Code>
struct MaxPool2dOf {
  static constexpr std::string_view kind = "MaxPool2d";

  graph::Window window;
  Range range;  // zero is not used: input and output have the same scale

  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, Code* y, const Code* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      Code* const to = y + p * channels;
      graph::fill(to, channels, static_cast<Code>(range.least));
      for (std::int32_t k = at.rows.first; k < at.rows.last; ++k)
        for (std::int32_t l = at.columns.first; l < at.columns.last; ++l) Kernels::keep_larger(to, x + window.pixel(at, k, l) * channels, channels);
      if (range.most < std::numeric_limits<Code>::max())
        for (std::int32_t c = 0; c < channels; ++c) to[c] = static_cast<Code>(to[c] < range.most ? to[c] : range.most);
    }
  }
};

using MaxPool2d = MaxPool2dOf<std::int8_t>;

}  // namespace nn::int8
