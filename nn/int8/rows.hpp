// Int8Rows: a matrix of weights whose sums become codes; the windows of an image that it reads.
//
//   W  [outputs][depth]  weight       x  [depth]    one window of the input
//   b  [outputs]         bias, with the input's zero point folded in: b[o] - zero·Σ_i W[o][i]
//   y  [outputs]         the pixel of the output
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"
#include "nn/int8/rounding.hpp"

namespace nn {

// A matrix of weights, and what becomes of its sums. They are simple if, whatever the input, each lies within ±2^30 on its
// way from the bias to the end, and every scale shifts to the right.
template <class Rounding>
struct Int8RowsOf {
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;  // one for each output, or one for all
  std::int32_t scale_step;                // 1 or 0
  std::int32_t depth;
  std::int32_t outputs;
  int8::Range range;
  bool simple;
  const std::int8_t* laid_out = nullptr;  // the same for the core (nn/graph/laid_out.hpp), or none
  std::int32_t run = 0;                   // codes of a window that lie side by side in the image; 0: all
  bool one_window = false;                // each call has one
};
using Int8Rows = Int8RowsOf<int8::Reference>;

// Windows where they stand in the image: `runs` runs of `length` codes, `step` from one to the next; the second window lies
// `next` behind the first.
struct Int8Runs {
  const std::int8_t* x;
  std::int32_t runs;
  std::int32_t length;
  std::int32_t step;
  std::int32_t next;
};

// A window at the edge of an image: rows of codes, `step` from one to the next, and the padding around them.
struct Int8Edge {
  const std::int8_t* x;
  std::int32_t step;
  std::int32_t above, rows, below;     // rows
  std::int32_t before, length, after;  // codes of a row
};

}  // namespace nn
