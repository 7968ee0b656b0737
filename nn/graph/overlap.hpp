// Overlap: how an operator's output may lie over an input that nothing reads later, in bytes.
//
// An operator that walks forward writes its output from the lowest address up. It may run over what it has consumed of the
// input, if it starts `below` bytes below it. One that walks backward may start `above` bytes above it. 0 is in place.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace nn::graph {

struct Overlap {
  std::int32_t below = 0;
  std::int32_t above = 0;
};

// Never over the input.
inline constexpr std::int32_t apart = std::numeric_limits<std::int32_t>::max() / 4;
inline constexpr Overlap no_overlap{apart, apart};

// Element by element, from the lowest address up.
inline constexpr Overlap in_place{0, apart};

// Numbers [first, end) of an input.
struct Reads {
  std::int32_t first;
  std::int32_t end;
};

// In numbers: of an operator that makes its output in `steps` parts of `written` numbers, each from what `reads` says of the
// input, which has `input` numbers; from the lowest up or, if told so, from the highest down. `at_once` parts are written
// before the last of what they need was read.
template <class ReadsOf>
constexpr Overlap walked(std::int32_t steps, std::int32_t at_once, std::int32_t written, std::int32_t input, ReadsOf reads) {
  Overlap distance{};
  std::int32_t lowest = input;
  for (std::int32_t s = steps - 1; s >= 0; --s) {
    const std::int32_t first = reads(s).first;
    const std::int32_t end = (s + at_once < steps ? s + at_once : steps) * written;
    if (first < lowest) lowest = first;
    if (end - lowest > distance.below) distance.below = end - lowest;
  }
  std::int32_t highest = 0;
  for (std::int32_t s = 0; s < steps; ++s) {
    const std::int32_t end = reads(s).end;
    const std::int32_t begin = (s + 1 > at_once ? s + 1 - at_once : 0) * written;
    if (end > highest) highest = end;
    if (highest - begin > distance.above) distance.above = highest - begin;
  }
  return distance;
}

// The same of rows of columns, where the part in row r and column c begins to read at row(r).first + column(c).first, and ends
// likewise: without a look at each of them.
template <class RowReads, class ColumnReads>
constexpr Overlap walked(std::int32_t rows, std::int32_t columns, std::int32_t at_once, std::int32_t written, std::int32_t input,
                         RowReads row, ColumnReads column) {
  const std::int32_t steps = rows * columns;
  Overlap in_row{-apart, -apart};  // of one that reads from 0 on and writes from 0 on
  std::int32_t lowest = apart;
  for (std::int32_t c = columns - 1; c >= 0; --c) {
    lowest = std::min(lowest, column(c).first);
    in_row.below = std::max(in_row.below, (c + at_once) * written - lowest);
  }
  std::int32_t highest = -apart;
  for (std::int32_t c = 0; c < columns; ++c) {
    highest = std::max(highest, column(c).end);
    in_row.above = std::max(in_row.above, highest - (c + 1 - at_once) * written);
  }

  Overlap distance{};
  std::int32_t later = input;
  for (std::int32_t r = rows - 1, start = r * columns; r >= 0; --r, start -= columns) {
    const std::int32_t first = row(r).first;
    if (start + columns - 1 + at_once <= steps) {
      distance.below = std::max({distance.below, start * written - first + in_row.below, (start + columns - 1 + at_once) * written - later});
    } else {
      std::int32_t least = later;
      for (std::int32_t c = columns - 1; c >= 0; --c) {
        least = std::min(least, first + column(c).first);
        distance.below = std::max(distance.below, std::min(start + c + at_once, steps) * written - least);
      }
    }
    later = std::min(later, first + lowest);
  }
  std::int32_t earlier = 0;
  for (std::int32_t r = 0, start = 0; r < rows; ++r, start += columns) {
    const std::int32_t end = row(r).end;
    if (start + 1 >= at_once) {
      distance.above = std::max({distance.above, end - start * written + in_row.above, earlier - (start + 1 - at_once) * written});
    } else {
      std::int32_t most = earlier;
      for (std::int32_t c = 0; c < columns; ++c) {
        most = std::max(most, end + column(c).end);
        distance.above = std::max(distance.above, most - std::max(start + c + 1 - at_once, std::int32_t{0}) * written);
      }
    }
    earlier = std::max(earlier, end + highest);
  }
  return distance;
}

// The same of an operator on `rows` rows, each of which reads as many numbers as the next, and writes as many.
constexpr Overlap walked_rows(std::int32_t rows, std::int32_t read, std::int32_t written) {
  const std::int32_t first = read < written ? rows * (written - read) + read : written;
  const std::int32_t last = read < written ? read : rows * (read - written) + written;
  return {first, last};
}

// Distances between numbers of `size` bytes as distances between bytes.
constexpr Overlap in_bytes(Overlap of, std::size_t size) {
  const std::int32_t bytes = static_cast<std::int32_t>(size);
  const auto scaled = [bytes](std::int32_t distance) { return distance < apart ? distance * bytes : apart; };
  return {scaled(of.below), scaled(of.above)};
}

}  // namespace nn::graph
