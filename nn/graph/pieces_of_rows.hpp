// PiecesOfRows: each row of an output in up to three pieces: windows that reach over an edge, windows within the image, and
// windows that reach over the other edge; forward or backward.
#pragma once

#include <cstdint>

#include "nn/graph/walk.hpp"
#include "nn/graph/window.hpp"

namespace nn::graph {

class PiecesOfRows {
 public:
  std::int32_t from = 0, to = 0;  // output pixels [from, to)
  std::int32_t pixel = 0;         // of the input, under the first tap of the first window, if it is within
  bool within = false;
  Window::Whole whole;  // columns

  constexpr PiecesOfRows(const Window& over, bool from_the_end, Window::Whole within_rows)
      : whole{within_rows}, window{over}, backward{from_the_end}, row{backward ? over.batch * over.output.height : -1} {}

  // The next piece, if there is one.
  [[gnu::noinline]] constexpr bool next() {
    do {
      if (++part == 3 && !next_row()) return false;
      const std::int32_t side = backward ? 2 - part : part;
      within = side == 1;
      from = start + (side == 0 ? 0 : side == 1 ? first : end);
      to = start + (side == 0 ? first : side == 1 ? end : window.output.width);
    } while (from == to);
    return true;
  }
  // The pixels of the piece, and on.
  constexpr Walk walk() const { return {window, backward, image, i, rows, backward ? to - 1 - start : from - start}; }

 private:
  constexpr bool next_row() {
    part = 0;
    row += backward ? -1 : 1;
    if (row < 0 || row == window.batch * window.output.height) return false;
    image = row / window.output.height;
    i = row - image * window.output.height;
    rows = window.rows(i);
    const bool all = rows.first == 0 && rows.last == window.kernel.height;
    first = all ? whole.first : window.output.width;
    end = all ? whole.end : window.output.width;
    start = row * window.output.width;
    pixel = (image * window.input.height + rows.origin) * window.input.width + first * window.stride.width - window.before.width;
    return true;
  }

  const Window& window;
  bool backward;
  std::int32_t row, part = 2;
  std::int32_t image = 0, i = 0, start = 0;  // of the row; its first pixel of the output
  std::int32_t first = 0, end = 0;           // where windows are whole
  Window::Taps rows{};
};

}  // namespace nn::graph
