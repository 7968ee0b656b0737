// Conv2d: a convolution. Each window of the input becomes one row, on which all outputs are dot products.
//
//   x  [batch][height][width][channels]      y  [batch][height][width][outputs]
//   W  [outputs][kernel height][kernel width][channels]       b  [outputs], the input's zero point folded in
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/pieces_of_rows.hpp"
#include "nn/graph/walk.hpp"
#include "nn/graph/window.hpp"
#include "nn/int8/gather_window.hpp"
#include "nn/int8/one_window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct Conv2dOf {
  static constexpr std::string_view kind = "Conv2d";

  graph::Window window;
  std::int8_t zero;  // of the input: what padding holds
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr std::int32_t depth() const { return window.kernel.height * window.kernel.width * window.input.channels; }
  // Windows that are the input one after another are read where they stand.
  constexpr bool in_place() const { return window.end_to_end(); }
  // Several windows are gathered before their outputs are written, unless they are read where they stand.
  template <class Kernels = Portable>
  constexpr graph::Overlap overlap(int) const {
    return window.overlap(in_place() || Kernels::int8_walks_rows ? 2 : 0);
  }
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const {
    if constexpr (requires { Kernels::int8_convolution_scratch(window); }) return Kernels::int8_convolution_scratch(window);
    const std::int32_t bytes = gathered_windows<Kernels>().next;
    return in_place() ? 0 : at_once<Kernels>(bytes) * bytes;
  }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("zero", zero);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("bias", graph::listed(bias, window.output.channels));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : window.output.channels));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
  }

  constexpr Int8RowsOf<Rounding> matrix() const {
    const std::int32_t run = (window.dilation.width == 1 ? window.kernel.width : 1) * window.input.channels;
    return {weight, bias, scale, scale_step, depth(), window.output.channels, range, simple, laid_out, run};
  }

  // What a graph runs in its place.
  template <const auto& Self>
  static constexpr const auto& simplified() {
    if constexpr (is_one_window(Self.window))
      return OfOneWindow<Rounding, Self>::operation;
    else
      return Self;
  }

  // What it has for any rows of its output (nn/graph/prepared.hpp).
  struct ForAnyRows {
    Int8RowsOf<Rounding> rows;
    Int8Runs standing, gathered;  // but for where they begin
    graph::Window::Whole whole;
    std::int32_t at_once;  // windows that are gathered before their outputs are written
    bool in_place, by_rows, stand;
  };
  template <class Kernels>
  static constexpr bool reads_prepared = requires { requires Kernels::prepared; };
  template <class Kernels>
  constexpr ForAnyRows prepare() const {
    ForAnyRows found{matrix(), {}, gathered_windows<Kernels>(), {}, 0, in_place(), false, false};
    const std::int32_t channels = window.input.channels, length = window.kernel.width * channels;
    found.at_once = at_once<Kernels>(found.gathered.next);
    found.standing = {nullptr, 1, depth(), depth(), depth()};
    if (found.in_place) return found;
    if constexpr (Kernels::int8_walks_rows) {
      found.stand = window.dilation.width == 1 && Kernels::int8_reads_runs(found.rows, length);
      found.by_rows = window.dilation.width == 1 && (found.stand || window.output.width >= 8);
      found.standing = {nullptr, window.kernel.height, length, window.dilation.height * window.input.width * channels,
                        window.stride.width * channels};
      // Two windows at once are worth gathering one that would stand.
      if (found.by_rows) found.whole = window.whole_columns(!found.stand || found.rows.depth >= 128 ? 2 : 1);
    }
    return found;
  }

  // Layers that differ in nothing but their loop over pairs of windows share what makes the windows.
  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    if constexpr (requires { Kernels::int8_convolution(window, matrix(), zero, call, y, x); })
      Kernels::int8_convolution(window, matrix(), zero, call, y, x);
    else
      run_prepared<Kernels>(prepare<graph::SharedKernels<Kernels>>(), call, y, x);
  }
  template <class Kernels>
  [[gnu::always_inline]] void run_prepared(const ForAnyRows& from, graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    using Shared = graph::SharedKernels<Kernels>;
    if (from.in_place) {
      Int8Runs standing = from.standing;
      standing.x = x;
      Kernels::template int8_windows_in_place<Kernels>(from.rows, standing, window.pixels(), call.backward, y);
    } else {
      Batch batch{*this, from, call, x};
      while (next<Shared>(batch, x))
        Kernels::template int8_windows_in_place<Kernels>(from.rows, *batch.windows, batch.count, call.backward,
                                                         y + batch.pixel * from.rows.outputs);
    }
  }

 private:
  // Windows that are ready: `count` of them, of the outputs from `pixel` on.
  struct Batch {
    const ForAnyRows& of;
    graph::PiecesOfRows pieces;
    graph::Walk walk;
    Int8Runs standing, gathered;
    std::int8_t* scratch;
    bool backward, within;
    std::int32_t from, left;  // of the piece
    const Int8Runs* windows;
    std::int32_t count, pixel;

    // The rest is set by next(): nothing is cleared that is written anyway.
    [[gnu::noinline]] Batch(const Conv2dOf& self, const ForAnyRows& found, graph::Call call, const std::int8_t* x)
        : of{found},
          pieces{self.window, call.backward, found.whole},
          walk{self.window, call.backward, graph::Walk::Nowhere{}},
          standing{found.standing},
          gathered{found.gathered},
          scratch{graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(of.at_once * of.gathered.next))},
          backward{call.backward},
          within{false},
          from{0},
          left{0} {
      standing.x = x;
      gathered.x = scratch;
      if (of.by_rows) return;
      left = self.window.pixels();
      walk.to(graph::Walk{self.window, backward});
    }
  };

  // Gathered windows lie one behind the other, unless a core wants them otherwise.
  template <class Kernels>
  constexpr Int8Runs gathered_windows() const {
    if constexpr (requires { Kernels::int8_gathered(matrix()); }) return Kernels::int8_gathered(matrix());
    return {nullptr, 1, depth(), depth(), depth()};
  }

  // How many windows are gathered before their outputs are written: two or, for a core that walks rows, as many pairs as 512
  // bytes hold.
  template <class Kernels>
  static constexpr std::int32_t at_once(std::int32_t bytes) {
    return Kernels::int8_walks_rows && bytes < 256 ? 512 / bytes / 2 * 2 : 2;
  }

  // The next batch, if there is one.
  template <class Kernels>
  [[gnu::noinline]] bool next(Batch& batch, const std::int8_t* x) const {
    if (batch.left == 0) {
      if (!batch.of.by_rows || !batch.pieces.next()) return false;
      batch.from = batch.pieces.from;
      batch.left = batch.pieces.to - batch.pieces.from;
      batch.within = batch.pieces.within;
      if (batch.within)
        batch.standing.x = x + batch.pieces.pixel * window.input.channels +
                           (batch.backward && !batch.of.stand ? batch.left * batch.standing.next : 0);
      else
        batch.walk.to(batch.pieces.walk());
    }
    const bool stands = batch.within && batch.of.stand;
    const std::int32_t some = stands ? batch.left : std::min(batch.left, batch.of.at_once);
    batch.count = some;
    batch.left -= some;
    batch.pixel = batch.from + (batch.backward ? batch.left : 0);
    if (!batch.backward) batch.from += some;
    batch.windows = stands ? &batch.standing : &batch.gathered;
    if (!stands) gather<Kernels>(batch, x);
    return true;
  }
  template <class Kernels>
  [[gnu::always_inline]] void gather(Batch& batch, const std::int8_t* x) const {
    const std::int32_t bytes = batch.gathered.next;
    if (!batch.within) {
      for (std::int32_t k = 0; k < batch.count; ++k, batch.walk.next())
        gather_window<Kernels>(window, batch.walk.place(), x, zero,
                                         batch.scratch + (batch.backward ? batch.count - 1 - k : k) * bytes);
      return;
    }
    Int8Runs& from = batch.standing;
    if (batch.backward) from.x -= batch.count * from.next;
    if constexpr (requires { Kernels::int8_gather_within(from, batch.count, batch.scratch, bytes); })
      Kernels::int8_gather_within(from, batch.count, batch.scratch, bytes);
    else
      for (std::int32_t k = 0; k < batch.count; ++k)
        Kernels::int8_gather({from.x + k * from.next, from.step, 0, from.runs, 0, 0, from.length, 0}, zero,
                             batch.scratch + k * bytes);
    if (!batch.backward) from.x += batch.count * from.next;
  }
};

using Conv2d = Conv2dOf<Reference>;

}  // namespace nn::int8
