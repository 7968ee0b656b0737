// Int8Blocks: how two windows walk through rows as int8_layout.hpp has them.
#pragma once

#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

// A run of codes is so many vectors of 16 in line, or a loop over `vectors` of them, then, if `tail`, a part of one.
struct Int8Blocks {
  int vectors;
  bool loop;     // chunks of `vectors`
  bool entered;  // the first of them may have fewer
  bool runs;     // several
  bool tail;
  bool eights;  // are there eight rows at a time?
  bool four;    // are there up to four at the end?

  constexpr bool in_registers() const { return !loop && !runs && !tail; }

  // Of windows of so many runs of this length. Runs of more than eight vectors share one loop, whatever their lengths.
  static constexpr Int8Blocks of(std::int32_t length, std::int32_t runs, std::int32_t outputs) {
    const std::int32_t vectors = length / 16, last = outputs % 8;
    const bool loop = vectors > 8;
    return {loop ? 8 : static_cast<int>(vectors), loop, loop, runs > 1, length % 16 != 0, outputs > 4, 0 < last && last <= 4};
  }
  // Of a layer that reads windows one after another, or runs where they stand: in whole vectors, or in one piece; or gathers
  // them.
  template <class Rounding>
  static constexpr Int8Blocks of(const nn::Int8RowsOf<Rounding>& m, bool in_place) {
    if (in_place || m.run == m.depth) return of(m.depth, 1, m.outputs);
    if (m.run % 16 == 0) return of(m.run, m.depth / m.run, m.outputs);
    return of((m.depth + 15) / 16 * 16, 1, m.outputs);
  }
};

}  // namespace target
