// ResizeNearest: an image of another size, each pixel a copy of one of the input. The importer computes which.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/gather.hpp"

namespace nn::int8 {

struct ResizeNearest {
  static constexpr std::string_view kind = "ResizeNearest";

  std::int32_t batch;
  Extent input;  // channels in bytes, like those of the output
  Extent output;
  const std::int32_t* row;     // of the input, for each of the output
  const std::int32_t* column;

  // The byte of the input where output pixel `p` is read.
  constexpr std::int32_t from(std::int32_t p) const {
    const std::int32_t i = p / output.width % output.height;
    const std::int32_t image = p / output.pixels();
    return ((image * input.height + row[i]) * input.width + column[p % output.width]) * input.channels;
  }

  constexpr Overlap overlap(int) const {
    return walked(batch * output.pixels(), 1, output.channels, batch * input.pixels() * input.channels,
                  [this](std::int32_t p) { return Reads{from(p), from(p) + input.channels}; });
  }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t pixels = batch * output.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      copy(y + p * output.channels, x + from(p), output.channels);
    }
  }
};

}  // namespace nn::int8
