// Overlap: how an operator's output may lie over an input that nothing reads later.
//
// An operator that walks forward writes its output from the lowest address up. It may run over what it has consumed of the
// input, if it starts `below` bytes below it. One that walks backward may start `above` bytes above it. 0 is in place.
#pragma once

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
};

}  // namespace nn::int8
