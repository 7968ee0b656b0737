// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels], int16      y  [batch][height][width][outputs], int16
//   W  [outputs][kernel height][kernel width][channels], int8       b  [outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/gather_window.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct Conv2d {
  static constexpr std::string_view kind = "Conv2d";

  graph::Window window;
  const std::int8_t* weight;
  Int16Output output;

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows in one piece are read where they stand.
  constexpr bool in_place() const { return window.in_one_piece(); }
  constexpr graph::Overlap overlap(int) const { return in_bytes(window.overlap(1), sizeof(std::int16_t)); }
  constexpr std::int32_t scratch() const { return in_place() ? 0 : depth() * static_cast<std::int32_t>(sizeof(std::int16_t)); }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("output", graph::Nested{[this](auto&& of) { output.members(of, window.output.channels); }});
  }

  template <class Kernels>
  void run(graph::Call call, std::int16_t* y, const std::int16_t* x) const {
    const Int16Rows rows{weight, depth(), window.output.channels, output};
    const bool read_in_place = in_place();
    std::int16_t* const row =
        graph::begin_numbers<std::int16_t>(call.scratch, static_cast<std::size_t>(read_in_place ? 0 : depth()));
    const std::int32_t pixels = window.pixels();
    for (std::int32_t done = 0; done < pixels; ++done) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place at = window.place(p);
      if (!read_in_place) graph::gather_window(window, at, x, std::int16_t{0}, row);
      Kernels::int16_window(rows, read_in_place ? x + window.pixel(at, 0, 0) * window.input.channels : row, y + p * rows.outputs);
    }
  }
};

}  // namespace nn::int16
