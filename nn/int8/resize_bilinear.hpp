// ResizeBilinear: an image of another size, each pixel between four of the input. Places are in 1/1024 of a pixel, and the sum
// of four products is rounded half away from 0: the bits of ResizeBilinearInteger in TensorFlow Lite's reference kernels.
//
// Output row i lies at i·scale + offset; so do columns.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/window.hpp"

namespace nn::int8 {

struct ResizeBilinear {
  static constexpr std::string_view kind = "ResizeBilinear";

  std::int32_t batch;
  graph::Extent input;
  graph::Extent output;
  graph::Pair scale;   // 1/1024
  graph::Pair offset;

  // Two neighbours, and how far the place lies behind the first; before the image's edge, less than 0 behind the edge.
  struct Between {
    std::int32_t first;
    std::int32_t second;
    std::int32_t part;
  };
  static constexpr Between between(std::int32_t place, std::int32_t extent) {
    const std::int32_t first = place < 0 ? 0 : place / 1024;
    const std::int32_t second = (place + 1023) / 1024;
    return {first, second < extent ? second : extent - 1, place - 1024 * first};
  }
  constexpr Between rows(std::int32_t p) const {
    return between(p / output.width % output.height * scale.height + offset.height, input.height);
  }
  constexpr Between columns(std::int32_t p) const { return between(p % output.width * scale.width + offset.width, input.width); }
  constexpr std::int32_t pixel(std::int32_t p, std::int32_t row, std::int32_t column) const {
    return ((p / output.pixels() * input.height + row) * input.width + column) * input.channels;
  }

  constexpr graph::Overlap overlap(int) const {
    return graph::walked(batch * output.pixels(), 1, output.channels, batch * input.pixels() * input.channels,
                         [this](std::int32_t p) {
                           return graph::Reads{pixel(p, rows(p).first, columns(p).first),
                                               pixel(p, rows(p).second, columns(p).second) + input.channels};
                         });
  }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("scale", scale);
    list("offset", offset);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t pixels = batch * output.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const Between i = rows(p);
      const Between j = columns(p);
      const std::int8_t* const upper = x + pixel(p, i.first, j.first);
      const std::int8_t* const lower = x + pixel(p, i.second, j.first);
      const std::int32_t right = (j.second - j.first) * input.channels;
      for (std::int32_t c = 0; c < input.channels; ++c) {
        const std::int32_t left_sum = upper[c] * (1024 - i.part) + lower[c] * i.part;
        const std::int32_t right_sum = upper[c + right] * (1024 - i.part) + lower[c + right] * i.part;
        const std::int32_t sum = left_sum * (1024 - j.part) + right_sum * j.part;
        y[p * output.channels + c] = static_cast<std::int8_t>((sum > 0 ? sum + (1 << 19) : sum - (1 << 19)) / (1 << 20));
      }
    }
  }
};

}  // namespace nn::int8
