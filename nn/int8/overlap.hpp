// Overlap: how an operator's output may lie over an input that nothing reads later.
//
// An operator that walks forward writes its output from the lowest address up. It may run over what it has consumed of the
// input, if it starts `below` bytes below it. One that walks backward may start `above` bytes above it. 0 is in place.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace nn::int8 {

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

// Of an operator that makes its output in `steps` parts of `written` numbers, each from what `reads` says of the input, which has
// `input` numbers; from the lowest up or, if told so, from the highest down. `at_once` parts are written before the last of
// what they need was read.
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

// Distances between elements of `size` bytes as distances between bytes.
constexpr Overlap in_bytes(Overlap of, std::size_t size) {
  const std::int32_t bytes = static_cast<std::int32_t>(size);
  return {of.below * bytes, of.above * bytes};
}

// Where a tensor lies: a pointer to what the operator that takes it reads or writes.
template <class Byte>
struct Place {
  Byte* bytes;

  template <class Number>
  constexpr operator Number*() const {
    if constexpr (std::is_same_v<Number, Byte>)
      return bytes;
    else
      return reinterpret_cast<Number*>(bytes);
  }
};

// What an operator is told when it runs.
struct Call {
  std::int8_t* scratch;  // as many bytes as it asked for
  bool backward;         // the output lies above the input that it overlaps
  std::int8_t* state = nullptr;  // as many bytes as it keeps from run to run, 0 before the first
};

}  // namespace nn::int8
