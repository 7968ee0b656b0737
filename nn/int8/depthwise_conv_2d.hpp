// DepthwiseConv2d: a convolution of each channel on its own; `multiplier` outputs a channel.
//
//   x  [batch][height][width][channels, or more]      y  [batch][height][width][channels·multiplier]
//   W  [kernel height][kernel width][channels·multiplier]     b  [channels·multiplier], the input's zero point folded in
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/walk.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/gather_window.hpp"
#include "nn/int8/one_channel.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct DepthwiseConv2dOf {
  static constexpr std::string_view kind = "DepthwiseConv2d";

  graph::Window window;
  std::int32_t multiplier;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  std::int32_t first = 0;  // the first channel of x that is read: outputs / multiplier of them are
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr graph::Overlap overlap(int) const { return window.overlap(1); }
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const {
    if (!window.padded()) return 0;
    if constexpr (reads_prepared<Kernels>) return window.output.channels;
    return taps() * window.input.channels;
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * taps(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("multiplier", multiplier);
    list("zero", zero);
    list("weight", graph::listed(weight, window.output.channels * taps()));
    list("bias", graph::listed(bias, window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
    list("first", first);
  }

  constexpr Int8DepthwiseOf<Rounding> matrix() const {
    return {weight, bias, scale, scale_step, window.kernel.height, window.kernel.width, window.output.channels / multiplier,
            multiplier, range, simple, laid_out};
  }

  // What a graph runs in its place.
  template <const auto& Self>
  static constexpr const auto& simplified() {
    if constexpr (Self.window.input.channels == 1 && graph::ReadsConstants<Self>)
      return OfOneChannel<Rounding, Self>::operation;
    else
      return Self;
  }

  // What it has for any rows of its output (nn/graph/prepared.hpp).
  struct ForAnyRows {
    Int8DepthwiseOf<Rounding> matrix;
    graph::Window::Whole whole;
    graph::Window::Taps at_left, at_right;  // the columns of the first pixel and of the last
    std::int32_t row_step, column_step;     // from tap to tap
    std::int32_t inside;                    // where the first whole window begins
  };
  // Of kernels that read windows at the edge where they stand.
  template <class Kernels>
  static constexpr bool reads_prepared = requires(const DepthwiseConv2dOf& self, Int8Window image, graph::Window::Taps taps,
                                                  std::int8_t* codes) {
    Kernels::int8_depthwise_at_edge(self.matrix(), image, 0, taps, taps, codes, codes);
  };
  template <class Kernels>
  constexpr ForAnyRows prepare() const {
    const graph::Window::Whole whole = window.whole_columns(1);
    return {matrix(),
            whole,
            window.columns(0),
            window.columns(window.output.width - 1),
            window.dilation.height * window.input.width * window.input.channels,
            window.dilation.width * window.input.channels,
            whole.first * window.stride.width - window.before.width};
  }

  template <class Kernels>
  void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    if constexpr (reads_prepared<Kernels>)
      run_prepared<Kernels>(prepare<graph::SharedKernels<Kernels>>(), call, y, x);
    else
      pixel_by_pixel<Kernels>(call, y, x);
  }

  // In each row of the output, the windows that do not reach over the edge in one go.
  template <class Kernels>
  [[gnu::always_inline]] void run_prepared(const ForAnyRows& of, graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    using Taps = graph::Window::Taps;
    const std::int32_t channels = window.input.channels, outputs = window.output.channels, width = window.output.width;
    const Int8DepthwiseOf<Rounding>& depthwise = of.matrix;
    std::int8_t* const padding = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(outputs));
    if (window.padded()) Kernels::int8_fill(padding, outputs, zero);
    const Int8Window image{x, of.row_step, of.column_step};
    const std::int32_t all = window.batch * window.output.height, step = call.backward ? -1 : 1;
    for (std::int32_t row = call.backward ? all - 1 : 0, left = all; left > 0; --left, row += step) {
      const Taps rows = window.rows(row % window.output.height);
      const std::int32_t line = (row / window.output.height * window.input.height + rows.origin) * window.input.width;
      const bool all_rows = rows.first == 0 && rows.last == window.kernel.height;
      const std::int32_t begin = all_rows ? of.whole.first : width, end = all_rows ? of.whole.end : width;
      std::int8_t* const to = y + row * width * outputs;
      const auto at_the_edge = [&](std::int32_t from, std::int32_t last) {
        for (std::int32_t pixels = last - from; pixels > 0; --pixels) {
          const std::int32_t j = call.backward ? from + pixels - 1 : last - pixels;
          const Taps columns = j == 0 ? of.at_left : j == width - 1 ? of.at_right : window.columns(j);
          Kernels::int8_depthwise_at_edge(depthwise, image, (line + columns.origin) * channels + first, rows, columns, padding,
                                          to + j * outputs);
        }
      };
      call.backward ? at_the_edge(end, width) : at_the_edge(0, begin);
      if (begin < end) {
        const Int8Window read{x + (line + of.inside) * channels + first, image.row_step, image.column_step};
        Kernels::int8_depthwise_row(depthwise, read, window.stride.width * channels, end - begin, call.backward,
                                    to + begin * outputs);
      }
      call.backward ? at_the_edge(0, begin) : at_the_edge(end, width);
    }
  }

 private:
  template <class Kernels>
  void pixel_by_pixel(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const std::int32_t channels = window.input.channels;
    const Int8DepthwiseOf<Rounding> depthwise = matrix();
    std::int8_t* const gathered = graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    const std::int32_t pixels = window.pixels();
    graph::Walk walk{window, call.backward};
    for (std::int32_t done = 0; done < pixels; ++done, walk.next()) {
      const std::int32_t p = call.backward ? pixels - 1 - done : done;
      const graph::Window::Place& at = walk.place();
      Int8Window read{.x = gathered + first, .row_step = window.kernel.width * channels, .column_step = channels};
      if (window.whole(at))
        read = {.x = x + window.pixel(at, 0, 0) * channels + first,
                .row_step = window.dilation.height * window.input.width * channels,
                .column_step = window.dilation.width * channels};
      else
        gather_window<Kernels>(window, at, x, zero, gathered);
      Kernels::int8_depthwise(depthwise, read, y + p * window.output.channels);
    }
  }
};

using DepthwiseConv2d = DepthwiseConv2dOf<Reference>;

}  // namespace nn::int8
