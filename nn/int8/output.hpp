// Int8Output: how the sums of a layer become codes.
#pragma once

#include <cstdint>
#include <type_traits>

#include "nn/int8/requantize.hpp"
#include "nn/int8/rounding.hpp"

namespace nn {

// How sums become codes. A target may have a faster one for the loops below, which calls clamp() when a window is done.
template <class Rounding>
struct Int8OutputOf {
  int8::Range range;

  constexpr Int8OutputOf(const int8::Range& limits, bool) : range{limits} {}
  constexpr std::int8_t operator()(std::uint32_t sum, const typename Rounding::Scale& scale) const {
    return static_cast<std::int8_t>(Rounding::code(static_cast<std::int32_t>(sum), scale, range));
  }
  constexpr void clamp(std::int8_t*, std::int32_t) const {}
};
using Int8Output = Int8OutputOf<int8::Reference>;

// That of a loop below: its own if it names none.
template <class Output, class Rounding>
using Int8OutputOr = std::conditional_t<std::is_void_v<Output>, Int8OutputOf<Rounding>, Output>;

}  // namespace nn
