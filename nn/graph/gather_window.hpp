// gather_window: the window of one output pixel as one row [kernel height][kernel width][channels], where the image's edge is
// padded with the code that stands for 0.
#pragma once

#include <cstdint>

#include "nn/graph/copy.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

template <class Number>
[[gnu::noinline]] constexpr void gather_window(const Window& window, const Window::Place& at, const Number* x, Number zero,
                                               Number* to) {
  const std::int32_t channels = window.input.channels;
  const std::int32_t row = window.kernel.width * channels;
  const std::int32_t valid = at.columns.last - at.columns.first;
  to = fill(to, at.rows.first * row, zero);
  for (std::int32_t k = at.rows.first; k < at.rows.last; ++k) {
    to = fill(to, at.columns.first * channels, zero);
    const Number* from = x + window.pixel(at, k, at.columns.first) * channels;
    if (window.dilation.width == 1)
      to = copy(to, from, valid * channels);
    else
      for (std::int32_t l = 0; l < valid; ++l, from += window.dilation.width * channels) to = copy(to, from, channels);
    to = fill(to, (window.kernel.width - at.columns.last) * channels, zero);
  }
  fill(to, (window.kernel.height - at.rows.last) * row, zero);
}

}  // namespace nn::graph
