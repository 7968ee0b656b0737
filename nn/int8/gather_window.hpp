// gather_window<Kernels>: graph::gather_window for codes of int8, by the core's kernels, if it has some, where the columns lie
// side by side.
#pragma once

#include <cstdint>

#include "nn/graph/gather_window.hpp"
#include "nn/int8/kernels.hpp"

namespace nn::int8 {

template <class Kernels>
constexpr void gather_window(const graph::Window& window, const graph::Window::Place& at, const std::int8_t* x, std::int8_t zero,
                             std::int8_t* to) {
  if constexpr (&Kernels::int8_gather == &Int8Kernels::int8_gather) return graph::gather_window(window, at, x, zero, to);
  if (window.dilation.width != 1) return graph::gather_window(window, at, x, zero, to);
  const std::int32_t channels = window.input.channels;
  const std::int32_t valid = at.columns.last - at.columns.first;
  Kernels::int8_gather(
      {x + window.pixel(at, at.rows.first, at.columns.first) * channels, window.dilation.height * window.input.width * channels,
       at.rows.first, at.rows.last - at.rows.first, window.kernel.height - at.rows.last, at.columns.first * channels,
       valid * channels, (window.kernel.width - at.columns.last) * channels},
      zero, to);
}

}  // namespace nn::int8
