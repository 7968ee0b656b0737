// MaxPool2d: the largest code in each window, without those that fall over the edge.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/requantize.hpp"
#include "nn/int8/walk.hpp"
#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Code>
struct MaxPool2dOf {
  static constexpr std::string_view kind = "MaxPool2d";

  Window window;
  Range range;  // zero is not used: input and output have the same scale

  constexpr Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(Code)); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call call, Code* y, const Code* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    Walk walk{window, call.backward};
    for (std::int32_t done = 0; done < pixels; ++done, walk.next()) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const Window::Place& at = walk.place();
      const Int8Pool<Code> of{x + window.pixel(at, at.rows.first, at.columns.first) * channels, at.rows.last - at.rows.first,
                              at.columns.last - at.columns.first, window.dilation.height * window.input.width * channels,
                              window.dilation.width * channels, channels};
      Kernels::template largest<Kernels>(of, static_cast<Code>(range.least), static_cast<Code>(range.most), y + p * channels);
    }
  }
};

using MaxPool2d = MaxPool2dOf<std::int8_t>;

}  // namespace nn::int8
