// Int8Blocks: how two windows walk through rows as int8_layout.hpp has them.
#pragma once

#include <cstdint>

namespace target {

// A run of codes is `chunks` times `vectors` vectors of 16, then `rest` more, then, if `tail`, a part of one.
struct Int8Blocks {
  int vectors;
  int rest;
  bool chunks;  // several
  bool runs;    // several
  bool tail;
  bool eights;  // are there eight rows at a time?
  bool four;    // are there up to four at the end?

  constexpr bool in_registers() const { return !chunks && !runs && !tail; }

  // Of any number of outputs.
  static constexpr Int8Blocks any(int vectors, bool chunks, bool runs, bool tail) { return {vectors, 0, chunks, runs, tail, true, true}; }
  // Of windows of so many runs of this length. At most eight vectors are unrolled, and less than eight more behind them.
  static constexpr Int8Blocks of(std::int32_t length, std::int32_t runs, std::int32_t outputs) {
    const std::int32_t vectors = length / 16, chunks = (vectors + 7) / 8 < 1 ? 1 : (vectors + 7) / 8;
    const std::int32_t last = outputs % 8;
    return {static_cast<int>(vectors / chunks), static_cast<int>(vectors % chunks), chunks > 1, runs > 1, length % 16 != 0, outputs > 4,
            0 < last && last <= 4};
  }
};

}  // namespace target
