// ResizeNearest: an image of another size, each pixel a copy of one of the input. The importer computes which.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

template <class Number>
struct ResizeNearest {
  static constexpr std::string_view kind = "ResizeNearest";

  std::int32_t batch;
  Extent input;
  Extent output;              // with the channels of the input
  const std::int32_t* row;    // of the input, for each of the output
  const std::int32_t* column;

  // The number of the input where output pixel `p` is read.
  constexpr std::int32_t from(std::int32_t p) const {
    const std::int32_t i = p / output.width % output.height;
    const std::int32_t image = p / output.pixels();
    return ((image * input.height + row[i]) * input.width + column[p % output.width]) * input.channels;
  }

  constexpr Overlap overlap(int) const {
    const std::int32_t line = input.width * input.channels;
    const auto of_row = [this, line](std::int32_t r) {
      const std::int32_t at = (r / output.height * input.height + row[r % output.height]) * line;
      return Reads{at, at};
    };
    const auto of_column = [this](std::int32_t c) { return Reads{column[c] * input.channels, (column[c] + 1) * input.channels}; };
    return in_bytes(walked(batch * output.height, output.width, 1, output.channels, batch * input.height * line, of_row, of_column), sizeof(Number));
  }

  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("row", listed(row, output.height));
    list("column", listed(column, output.width));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call call, Number* y, const Number* x) const {
    const std::int32_t pixels = batch * output.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      copy(y + p * output.channels, x + from(p), output.channels);
    }
  }
};

}  // namespace nn::graph
