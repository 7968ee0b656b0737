// A convolution on rows as int8_pairs.hpp has them. Windows are widened two by two, whole or in parts of one row of the kernel,
// and all rows of weights read them.
#pragma once

#include <algorithm>
#include <cstddef>

#include "int8_paired_windows.hpp"
#include "int8_widen.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/walk.hpp"

namespace target {

template <class Rounding>
class Int8Convolution {
 public:
  // A run: the codes of a window that lie side by side in the image.
  struct Runs {
    std::int32_t count;
    std::int32_t columns;  // of the kernel, of one run
    std::int32_t codes;    // padded to fours

    static constexpr Runs of(const nn::graph::Window& window) {
      const std::int32_t columns = window.dilation.width == 1 ? window.kernel.width : 1;
      return {window.kernel.height * (window.kernel.width / columns), columns,
              Int8Pairs::up_to_four(columns * window.input.channels)};
    }
  };

  // Runs that are widened at once: all, if that takes less memory than one of them and the sums of all rows.
  static constexpr std::int32_t at_once(const nn::graph::Window& window) {
    const Runs runs = Runs::of(window);
    return runs.count * runs.codes <= runs.codes + 2 * Int8Pairs::up_to_four(window.output.channels) ||
                   runs.count * runs.codes <= 64
               ? runs.count
               : 1;
  }
  // In bytes: the widened codes of two windows, and the sums; with a run of single codes where those at the edge do not come by
  // fours.
  static constexpr std::int32_t two_bytes(const nn::graph::Window& window) {
    const Runs runs = Runs::of(window);
    const std::int32_t together = at_once(window),
                       sums = together < runs.count ? 8 * Int8Pairs::up_to_four(window.output.channels) : 0;
    return 4 * together * runs.codes + sums;
  }

  static constexpr std::int32_t scratch(const nn::graph::Window& window) {
    const Runs runs = Runs::of(window);
    return std::max(two_bytes(window) + (window.padded() && window.input.channels % 4 != 0 ? runs.codes : 0),
                    runs.count * runs.codes);
  }

  [[gnu::noinline]] static void run(const nn::graph::Window& window, const nn::Int8RowsOf<Rounding>& m, std::int8_t zero, bool backward,
                                    std::byte* scratch, std::int8_t* y, const std::int8_t* x) {
    const Int8Convolution all{window, m, zero, x, scratch};
    const std::int32_t pixels = window.pixels();
    nn::graph::Walk walk{window, backward};
    for (std::int32_t left = pixels; left > 1; left -= 2) {
      const nn::graph::Window::Place first = walk.place();
      walk.next();
      std::int8_t* const to = y + (backward ? left - 1 : pixels - left) * m.outputs;
      all.two(first, walk.place(), to, backward ? to - m.outputs : to + m.outputs);
      walk.next();
    }
    if (pixels % 2 != 0) all.one(walk.place(), backward ? y : y + (pixels - 1) * m.outputs);
    clamp(y, pixels * m.outputs, m.range);
  }

 private:
  using Place = nn::graph::Window::Place;

  Int8Convolution(const nn::graph::Window& over, const nn::Int8RowsOf<Rounding>& rows, std::int8_t padding, const std::int8_t* from,
                  std::byte* scratch)
      : window{over},
        m{rows},
        zero{padding},
        x{from},
        widened{reinterpret_cast<std::int32_t*>(scratch)},
        edge_codes{reinterpret_cast<std::int8_t*>(scratch) + two_bytes(over)} {}

  void two(const Place& first, const Place& second, std::int8_t* y, std::int8_t* y_next) const {
    const Runs runs = Runs::of(window);
    const std::int32_t together = at_once(window);
    Int8Part part{m.laid_out,
                  Int8Pairs::group_bytes(m, 4),
                  m.outputs,
                  widened,
                  together * runs.codes / 4,
                  0,
                  reinterpret_cast<Int8WindowSums*>(widened + together * runs.codes),
                  true,
                  false};
    const bool whole = window.whole(first) && window.whole(second);
    for (std::int32_t r = 0; r < runs.count; r += together) {
      std::int32_t* to = widened;
      for (std::int32_t k = r; k < r + together; ++k) to = whole ? inside(first, second, k, to) : at_edges(first, second, k, to);
      part.last = r + together == runs.count;
      Int8PairedWindows::run<Rounding>(part, y, y_next);
      part.first = false;
      part.skipped += part.fours;
    }
  }
  // Codes as they stand, or gathered.
  void one(const Place& at, std::int8_t* y) const {
    const Runs runs = Runs::of(window);
    const std::int32_t channels = window.input.channels;
    if (window.in_one_piece() && (runs.count == 1 || runs.columns * channels % 4 == 0))
      return paired_rows(m, x + window.pixel(at, 0, 0) * channels, m.depth, y);
    std::int8_t* const codes = reinterpret_cast<std::int8_t*>(widened);
    for (std::int32_t r = 0; r < runs.count; ++r) gather(at, r, codes + r * runs.codes);
    paired_rows(m, codes, runs.count * runs.codes, y);
  }

  std::int32_t* inside(const Place& first, const Place& second, std::int32_t r, std::int32_t* to) const {
    const Run run = of(first, r);
    const std::int8_t* const from = x + window.pixel(first, run.row, run.column) * window.input.channels;
    const std::int8_t* const next = x + window.pixel(second, run.row, run.column) * window.input.channels;
    return Int8Widen::two(from, next, run.columns * window.input.channels, to);
  }
  std::int32_t* at_edges(const Place& first, const Place& second, std::int32_t r, std::int32_t* to) const {
    at_edge(first, r, to);
    at_edge(second, r, to + 1);
    return to + Runs::of(window).codes;
  }
  [[gnu::noinline]] void at_edge(const Place& at, std::int32_t r, std::int32_t* to) const {
    const std::int32_t channels = window.input.channels;
    if (channels % 4 != 0) {
      std::int8_t* const codes = edge_codes;
      gather(at, r, codes);
      Int8Widen::some(codes, Runs::of(window).codes / 4, to);
      return;
    }
    const Run run = of(at, r);
    const std::uint32_t zeros = 0x01010101u * static_cast<std::uint8_t>(zero);
    to = Int8Widen::same(zeros, run.before * channels / 4, to);
    to = Int8Widen::some(x + window.pixel(at, run.row, run.column + run.before) * channels, run.inside * channels / 4, to);
    Int8Widen::same(zeros, (run.columns - run.before - run.inside) * channels / 4, to);
  }
  // Codes of a run, and 0 up to fours.
  [[gnu::noinline]] void gather(const Place& at, std::int32_t r, std::int8_t* to) const {
    const std::int32_t channels = window.input.channels;
    const Run run = of(at, r);
    to = std::fill_n(to, run.before * channels, zero);
    to = std::copy_n(x + window.pixel(at, run.row, run.column + run.before) * channels, run.inside * channels, to);
    to = std::fill_n(to, (run.columns - run.before - run.inside) * channels, zero);
    std::fill_n(to, -(run.columns * channels) & 3, std::int8_t{0});
  }

  // Where run r of a window lies, and how many of its columns are on the image, behind those that are not.
  struct Run {
    std::int32_t row, column, columns, before, inside;
  };
  Run of(const Place& at, std::int32_t r) const {
    const std::int32_t columns = Runs::of(window).columns;
    Run run{r, 0, columns, columns, 0};
    if (columns < window.kernel.width) run.row = r / window.kernel.width, run.column = r % window.kernel.width;
    if (run.row < at.rows.first || run.row >= at.rows.last) return run;
    const std::int32_t first = std::clamp(at.columns.first - run.column, std::int32_t{0}, columns);
    const std::int32_t last = std::clamp(at.columns.last - run.column, first, columns);
    run.before = first;
    run.inside = last - first;
    return run;
  }

  const nn::graph::Window& window;
  const nn::Int8RowsOf<Rounding>& m;
  std::int8_t zero;
  const std::int8_t* x;
  std::int32_t* widened;
  std::int8_t* edge_codes;
};

}  // namespace target
