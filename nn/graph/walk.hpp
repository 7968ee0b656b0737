// Walk: the pixels of an output one after another, forward or backward, without a division.
#pragma once

#include <cstdint>

#include "nn/graph/window.hpp"

namespace nn::graph {

class Walk {
 public:
  [[gnu::noinline]] constexpr Walk(const Window& over, bool from_the_end)
      : window{over},
        backward{from_the_end},
        i{backward ? window.output.height - 1 : 0},
        j{backward ? window.output.width - 1 : 0},
        at{backward ? window.batch - 1 : 0, window.rows(i), window.columns(j)} {}

  // Nowhere yet: to() comes first.
  struct Nowhere {};
  constexpr Walk(const Window& over, bool from_the_end, Nowhere) : window{over}, backward{from_the_end}, i{0}, j{0}, at{} {}

  // The first pixel of a row of the output, or the last; rows of all images are numbered on.
  constexpr Walk(const Window& over, bool from_the_end, std::int32_t row)
      : window{over}, backward{from_the_end}, i{row % over.output.height}, j{backward ? window.output.width - 1 : 0},
        at{row / window.output.height, window.rows(i), window.columns(j)} {}

  // A pixel of a row of which this is known.
  constexpr Walk(const Window& over, bool from_the_end, std::int32_t image, std::int32_t row, const Window::Taps& rows,
                 std::int32_t column)
      : window{over}, backward{from_the_end}, i{row}, j{column}, at{image, rows, window.columns(column)} {}

  // Another pixel of the same row.
  constexpr Walk at_column(std::int32_t column) const {
    Walk other = *this;
    other.at.columns = window.columns(other.j = column);
    return other;
  }
  // To where another walk over the same window stands.
  constexpr void to(const Walk& other) {
    i = other.i;
    j = other.j;
    at = other.at;
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
  std::int32_t i;
  std::int32_t j;
  Window::Place at;
};

}  // namespace nn::graph
