// A convolution on rows as int8_pairs.hpp has them. Windows are widened two by two, whole or in parts of one row of the kernel,
// and all rows of weights read them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

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
    std::int32_t in_row;   // of the kernel: one, or its columns where they are spread
    std::int32_t columns;  // of the kernel, of one run
    std::int32_t codes;    // padded to fours

    static constexpr Runs of(const nn::graph::Window& window) {
      const std::int32_t columns = window.dilation.width == 1 ? window.kernel.width : 1;
      return {window.kernel.height * (window.kernel.width / columns), window.kernel.width / columns, columns,
              Int8Pairs::up_to_four(columns * window.input.channels)};
    }
  };

  // Runs that are widened at once: all, if that takes less memory than one of them and the sums of all rows, or at most 512
  // bytes.
  static constexpr std::int32_t at_once(const nn::graph::Window& window) {
    const Runs runs = Runs::of(window);
    return runs.count * runs.codes <= runs.codes + 2 * Int8Pairs::up_to_four(window.output.channels) ||
                   runs.count * runs.codes <= 128
               ? runs.count
               : 1;
  }
  // In bytes: the widened codes of two windows, and the sums.
  static constexpr std::int32_t scratch(const nn::graph::Window& window) {
    const Runs runs = Runs::of(window);
    const std::int32_t together = at_once(window),
                       sums = together < runs.count ? 8 * Int8Pairs::up_to_four(window.output.channels) : 0;
    return 4 * together * runs.codes + sums;
  }

  [[gnu::noinline]] static void run(const nn::graph::Window& window, const nn::Int8RowsOf<Rounding>& m, std::int8_t zero,
                                    bool backward, std::byte* scratch, std::int8_t* y, const std::int8_t* x) {
    Int8Convolution all{window, m, zero, x, scratch};
    const std::int32_t pixels = window.pixels(), next = backward ? -m.outputs : m.outputs;
    nn::graph::Walk walk{window, backward};
    std::int8_t* to = backward ? y + (pixels - 1) * m.outputs : y;
    for (std::int32_t left = pixels; left > 0; left -= 2, to += 2 * next, walk.next()) {
      const nn::graph::Window::Place first = walk.place();
      // The last of an odd number is its own neighbour.
      if (left > 1) walk.next();
      all.windows.y = to;
      all.windows.to_y_next = left > 1 ? next : 0;
      all.two(first, walk.place());
    }
    clamp(y, pixels * m.outputs, m.range);
  }

 private:
  using Place = nn::graph::Window::Place;

  Int8Convolution(const nn::graph::Window& over, const nn::Int8RowsOf<Rounding>& rows, std::int8_t padding,
                  const std::int8_t* from, std::byte* scratch)
      : window{over},
        channels{over.input.channels},
        column_step{over.dilation.width * channels},
        row_step{over.dilation.height * over.input.width * channels},
        runs{Runs::of(over)},
        run_codes{runs.columns * channels},
        together{at_once(over)},
        zeros{0x01010101u * static_cast<std::uint8_t>(padding)},
        x{from},
        widened{reinterpret_cast<std::int32_t*>(scratch)},
        part_bytes{4 * together * runs.codes},
        group_bytes{Int8Pairs::group_bytes(4, runs.count * runs.codes, sizeof(Int8PairOutlet<Rounding>))},
        groups{rows.laid_out},
        outputs{rows.outputs},
        windows{widened, part_bytes} {}

  [[gnu::always_inline]] void two(const Place& first, const Place& second) {
    const bool whole = window.whole(first) && window.whole(second);
    const std::int32_t from = window.pixel(first, 0, 0) * channels, next = window.pixel(second, 0, 0) * channels;
    const std::int8_t* run = x + from;
    std::int32_t* to = widened;
    std::int32_t before = 8;  // the biases
    windows.first = true;
    for (std::int32_t left = runs.count, k = 0, l = 0; left > 0;) {
      if (whole) {
        to = Int8Widen::two(run, run + next - from, run_codes, to);
      } else {
        edge_run(first, from, k, l, to);
        to = edge_run(second, next, k, l, to + 1) - 1;
      }
      run += column_step;
      if (++l == runs.in_row) run += row_step - l * column_step, l = 0, ++k;
      if (--left > 0 && together > 1) continue;
      windows.template part<Rounding>(groups + before, outputs, left == 0, left == 0 ? before : group_bytes - part_bytes);
      before += part_bytes;
      to = widened;
    }
  }

  // Of a window that begins at `corner` and may reach over the edge: padding, codes of the image, padding.
  [[gnu::noinline]] std::int32_t* edge_run(const Place& at, std::int32_t corner, std::int32_t k, std::int32_t l,
                                           std::int32_t* to) const {
    std::int32_t before = runs.columns, inside = 0;
    if (at.rows.first <= k && k < at.rows.last) {
      before = std::clamp(at.columns.first - l, std::int32_t{0}, runs.columns);
      inside = std::clamp(at.columns.last - l, before, runs.columns) - before;
    }
    const std::int32_t from = inside > 0 ? corner + k * row_step + (l + before) * column_step : 0;
    return Int8Widen::padded(x + from, before * channels, inside * channels, runs.codes, zeros, to);
  }

  const nn::graph::Window& window;
  std::int32_t channels, column_step, row_step;
  Runs runs;
  std::int32_t run_codes;
  std::int32_t together;
  std::uint32_t zeros;
  const std::int8_t* x;
  std::int32_t* widened;
  std::int32_t part_bytes;
  std::int32_t group_bytes;
  const std::int8_t* groups;
  std::int32_t outputs;
  Int8PairedWindows windows;
};

}  // namespace target
