// Mean: of the whole height, width or both of each channel; or, with the scale not divided by their count, the sum.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/rounding.hpp"

namespace nn::int8 {

template <class Code, class Rounding = Reference>
struct MeanOf {
  static constexpr std::string_view kind = "Mean";

  graph::Window window;
  std::int32_t bias;  // -zero of the input, as often as it is added
  typename Rounding::Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("bias", bias);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, Code* y, const Code* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      for (std::int32_t c = 0; c < channels; ++c) {
        std::int32_t sum = bias;
        for (std::int32_t k = 0; k < window.kernel.height; ++k)
          for (std::int32_t l = 0; l < window.kernel.width; ++l) sum += x[window.pixel(at, k, l) * channels + c];
        y[p * channels + c] = static_cast<Code>(Rounding::code(sum, scale, range));
      }
    }
  }
};

using Mean = MeanOf<std::int8_t>;

}  // namespace nn::int8
