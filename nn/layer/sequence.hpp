// Sequence<Input>: a shape read as steps of time, one frame of numbers each: the rows of an input that has more than one,
// otherwise its columns. Input<100, 6> is 100 frames of 6 numbers, Input<49, 10, 1> 49 frames of 10, Input<6> one frame of 6.
#pragma once

#include "nn/shape.hpp"

namespace nn {

template <Shape Input>
struct Sequence {
  static constexpr bool in_rows = Input.height > 1;
  static constexpr std::size_t steps = in_rows ? Input.height : Input.width;
  static constexpr std::size_t features = Input.size() / steps;

  // As many steps of other frames, along the same axis.
  static constexpr Shape of(std::size_t channels) { return in_rows ? Shape{steps, 1, channels} : Shape{1, steps, channels}; }
};

}  // namespace nn
