// MixPixels: an image of another size, each pixel between four of the input; the importer computes which, and how much of each:
// `share` of the later row or column, in 2^-24.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/graph/window.hpp"

namespace nn::float32 {

struct MixPixels {
  static constexpr std::string_view kind = "MixPixels";

  std::int32_t batch;
  graph::Extent input;
  graph::Extent output;     // with the channels of the input
  const std::int32_t* row;  // for each of the output: the row before, the row after, and the share of that
  const std::int32_t* row_after;
  const std::int32_t* row_share;
  const std::int32_t* column;
  const std::int32_t* column_after;
  const std::int32_t* column_share;

  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("row", graph::listed(row, output.height));
    list("row_after", graph::listed(row_after, output.height));
    list("row_share", graph::listed(row_share, output.height));
    list("column", graph::listed(column, output.width));
    list("column_after", graph::listed(column_after, output.width));
    list("column_share", graph::listed(column_share, output.width));
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    const std::int32_t channels = input.channels;
    for (std::int32_t n = 0; n < batch; ++n, x += input.pixels() * channels)
      for (std::int32_t i = 0; i < output.height; ++i) {
        const float down = share(row_share[i]);
        const float* const upper = x + row[i] * input.width * channels;
        const float* const lower = x + row_after[i] * input.width * channels;
        for (std::int32_t j = 0; j < output.width; ++j) {
          const float right = share(column_share[j]);
          const std::int32_t before = column[j] * channels, after = column_after[j] * channels;
          for (std::int32_t c = 0; c < channels; ++c) {
            const float above = upper[before + c] * (1 - right) + upper[after + c] * right;
            const float below = lower[before + c] * (1 - right) + lower[after + c] * right;
            *y++ = above * (1 - down) + below * down;
          }
        }
      }
  }

 private:
  static constexpr float share(std::int32_t of) { return static_cast<float>(of) * 0x1p-24f; }
};

}  // namespace nn::float32
