// ResizeBilinear of float32: an image of another size, each pixel between four of the input, as ResizeBilinear in TensorFlow
// Lite's reference kernels adds them up.
//
// Output row i lies at i·scale, or, where pixels have their centres in the middle, at (i + 1/2)·scale - 1/2; so do columns.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/window.hpp"

namespace nn::float32 {

struct ResizeBilinear {
  static constexpr std::string_view kind = "ResizeBilinear";

  std::int32_t batch;
  graph::Extent input;
  graph::Extent output;
  float row_scale;
  float column_scale;
  bool centered;

  constexpr graph::Overlap overlap(int) const {
    const std::int32_t pixels = batch * output.pixels();
    const auto reads = [this](std::int32_t p) {
      const Between i = row(p), j = column(p);
      return graph::Reads{pixel(p, i.first, j.first), pixel(p, i.second, j.second) + input.channels};
    };
    return graph::in_bytes(graph::walked(pixels, 1, output.channels, batch * input.pixels() * input.channels, reads),
                           sizeof(float));
  }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("row_scale", row_scale);
    list("column_scale", column_scale);
    list("centered", centered);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, float* y, const float* x) const {
    const std::int32_t pixels = batch * output.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const Between i = row(p), j = column(p);
      const float* const upper = x + pixel(p, i.first, j.first);
      const float* const lower = x + pixel(p, i.second, j.first);
      const std::int32_t right = (j.second - j.first) * input.channels;
      const float above = 1 - i.part, left = 1 - j.part;
      for (std::int32_t c = 0; c < input.channels; ++c)
        y[p * output.channels + c] = upper[c] * above * left + lower[c] * i.part * left + upper[c + right] * above * j.part +
                                     lower[c + right] * i.part * j.part;
    }
  }

 private:
  // Two neighbours, and how far the place lies behind the first; before the image's edge, less than 0 behind the edge.
  struct Between {
    std::int32_t first;
    std::int32_t second;
    float part;
  };
  constexpr Between between(std::int32_t at, float scale, std::int32_t extent) const {
    const float place = centered ? (static_cast<float>(at) + 0.5f) * scale - 0.5f : static_cast<float>(at) * scale;
    const std::int32_t down = place < 0 ? 0 : static_cast<std::int32_t>(place);
    const std::int32_t first = down < extent ? down : extent - 1;
    const std::int32_t second = place > static_cast<float>(first) && first + 1 < extent ? first + 1 : first;
    return {first, second, place - static_cast<float>(first)};
  }
  constexpr Between row(std::int32_t p) const { return between(p / output.width % output.height, row_scale, input.height); }
  constexpr Between column(std::int32_t p) const { return between(p % output.width, column_scale, input.width); }
  constexpr std::int32_t pixel(std::int32_t p, std::int32_t i, std::int32_t j) const {
    return ((p / output.pixels() * input.height + i) * input.width + j) * input.channels;
  }
};

}  // namespace nn::float32
