// Walk: the pixels of an output one after another, forward or backward, without a division.
#pragma once

#include <cstdint>

#include "nn/graph/window.hpp"

namespace nn::graph {

class Walk {
 public:
  [[gnu::noinline]] constexpr Walk(const Window& over, bool from_the_end) : window{over}, backward{from_the_end} {
    if (backward) at = {window.batch - 1, window.rows(i = window.output.height - 1), window.columns(j = window.output.width - 1)};
  }

  // The first pixel of a row of the output, or the last; rows of all images are numbered on.
  constexpr Walk(const Window& over, bool from_the_end, std::int32_t row) : window{over}, backward{from_the_end}, i{row % over.output.height} {
    at = {row / window.output.height, window.rows(i), window.columns(j = backward ? window.output.width - 1 : 0)};
  }

  // Another pixel of the same row.
  constexpr Walk at_column(std::int32_t column) const {
    Walk other = *this;
    other.at.columns = window.columns(other.j = column);
    return other;
  }
  constexpr bool whole_rows() const { return at.rows.first == 0 && at.rows.last == window.kernel.height; }

  constexpr const Window::Place& place() const { return at; }

  constexpr void next() {
    j += backward ? -1 : 1;
    if (j < 0 || j == window.output.width) return next_row();
    at.columns = window.columns(j);
  }

  [[gnu::noinline]] constexpr void next_row() {
    at.columns = window.columns(j = backward ? window.output.width - 1 : 0);
    i += backward ? -1 : 1;
    if (i < 0 || i == window.output.height) {
      i = backward ? window.output.height - 1 : 0;
      at.image += backward ? -1 : 1;
    }
    at.rows = window.rows(i);
  }

 private:
  const Window& window;
  bool backward;
  std::int32_t i = 0;
  std::int32_t j = 0;
  Window::Place at{0, window.rows(0), window.columns(0)};
};

}  // namespace nn::graph
