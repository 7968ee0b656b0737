// MaxPool2d: the largest code in each window, without those that fall over the edge.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/walk.hpp"
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
    const std::int32_t row_step = window.dilation.height * window.input.width * channels,
                       column_step = window.dilation.width * channels;
    const Code least = static_cast<Code>(range.least), most = static_cast<Code>(range.most);
    graph::Walk walk{window, call.backward};
    if (!window.padded()) {
      Int8Pool<Code> of{x, window.kernel.height, window.kernel.width, row_step, column_step, channels};
      for (std::int32_t done = 0; done < pixels; done += window.output.width, walk.next_row()) {
        Code* to = y + (call.backward ? pixels - 1 - done : done) * channels;
        of.x = x + window.pixel(walk.place(), 0, 0) * channels;
        const std::int32_t next = call.backward ? -channels : channels;
        for (std::int32_t j = window.output.width; j > 0; --j, of.x += next * window.stride.width, to += next)
          Kernels::template largest<Kernels>(of, least, most, to);
      }
      return;
    }
    for (std::int32_t done = 0; done < pixels; ++done, walk.next()) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place& at = walk.place();
      const Int8Pool<Code> of{x + window.pixel(at, at.rows.first, at.columns.first) * channels, at.rows.last - at.rows.first,
                              at.columns.last - at.columns.first, row_step, column_step, channels};
      Kernels::template largest<Kernels>(of, least, most, y + p * channels);
    }
  }
};

using MaxPool2d = MaxPool2dOf<std::int8_t>;

}  // namespace nn::int8
