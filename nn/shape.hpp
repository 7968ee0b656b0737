// Shape: the extent of an activation, in the order height, width, channels (channels vary fastest).
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>

namespace nn {

struct Shape {
  std::size_t height = 1;
  std::size_t width = 1;
  std::size_t channels = 1;

  constexpr std::size_t size() const { return height * width * channels; }
  constexpr bool operator==(const Shape&) const = default;
};

// The first entry of a network: Input<features>, Input<length, channels> or Input<height, width, channels>.
template <std::size_t... Extents>
struct Input {
  static_assert(sizeof...(Extents) >= 1, "nn::Input<extents>: an input needs at least one extent");
  static_assert(sizeof...(Extents) <= 3, "nn::Input<extents>: an input has at most height, width and channels");
  static_assert(((Extents > 0) && ...), "nn::Input<extents>: every extent must be at least 1");

  static constexpr Shape shape = [] {
    constexpr std::size_t extents[]{Extents..., 1, 1};
    if (sizeof...(Extents) == 1) return Shape{.channels = extents[0]};
    if (sizeof...(Extents) == 2) return Shape{.width = extents[0], .channels = extents[1]};
    return Shape{extents[0], extents[1], extents[2]};
  }();
};

}  // namespace nn
