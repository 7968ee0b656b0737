// Pool2d of float32: the mean or the largest number of each window, without what falls over the edge. Also the mean and the sum
// over the whole height, width or both.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/float32/numbers.hpp"
#include "nn/int8/window.hpp"

namespace nn::float32 {

enum class Pooling { mean, sum, largest };

struct Pool2d {
  static constexpr std::string_view kind = "Pool2d";

  int8::Window window;
  Pooling pooling;
  Limits limits;

  constexpr int8::Overlap overlap(int) const { return in_bytes(window.overlap(1)); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] void run(int8::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const int8::Window::Place at = window.place(p);
      const std::int32_t count = (at.rows.last - at.rows.first) * (at.columns.last - at.columns.first);
      for (std::int32_t c = 0; c < channels; ++c) {
        float result = pooling == Pooling::largest ? limits.least : 0;
        for (std::int32_t k = at.rows.first; k < at.rows.last; ++k)
          for (std::int32_t l = at.columns.first; l < at.columns.last; ++l) {
            const float value = numbers(x)[window.pixel(at, k, l) * channels + c];
            result = pooling != Pooling::largest ? result + value : value > result ? value : result;
          }
        if (pooling == Pooling::mean) result /= static_cast<float>(count);
        numbers(y)[p * channels + c] = limits(result);
      }
    }
  }
};

}  // namespace nn::float32
