// Pool2d of float32: the mean or the largest number of each window, without what falls over the edge. Also the mean and the sum
// over the whole height, width or both.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/limits.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/window.hpp"

namespace nn::float32 {

enum class Pooling { mean, sum, largest };
constexpr std::string_view spelled(Pooling value) {
  switch (value) {
    case Pooling::mean: return "nn::float32::Pooling::mean";
    case Pooling::sum: return "nn::float32::Pooling::sum";
    case Pooling::largest: return "nn::float32::Pooling::largest";
  }
  return {};
}

struct Pool2d {
  static constexpr std::string_view kind = "Pool2d";

  graph::Window window;
  Pooling pooling;
  Limits limits;

  constexpr graph::Overlap overlap(int) const { return graph::in_bytes(window.overlap(1), sizeof(float)); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("pooling", pooling);
    list("limits", limits);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, float* y, const float* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      const std::int32_t count = (at.rows.last - at.rows.first) * (at.columns.last - at.columns.first);
      for (std::int32_t c = 0; c < channels; ++c) {
        float result = pooling == Pooling::largest ? limits.least : 0;
        for (std::int32_t k = at.rows.first; k < at.rows.last; ++k)
          for (std::int32_t l = at.columns.first; l < at.columns.last; ++l) {
            const float value = x[window.pixel(at, k, l) * channels + c];
            result = pooling != Pooling::largest ? result + value : value > result ? value : result;
          }
        if (pooling == Pooling::mean) result /= static_cast<float>(count);
        y[p * channels + c] = limits(result);
      }
    }
  }
};

}  // namespace nn::float32
