// Mul: y = a · b, each with a scale of its own; an input may be repeated along dimensions where it has the extent 1.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/rounding.hpp"

namespace nn::int8 {

template <class Code, class Rounding = Reference>
struct MulOf {
  static constexpr std::string_view kind = "Mul";

  graph::Broadcast shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  typename Rounding::Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int input) const { return in_bytes(shape.overlap(input), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Code* y, const Code* a, const Code* b) const {
    shape.for_each(y, a, b, [this](Code left, Code right) {
      return static_cast<Code>(Rounding::code((left - a_zero) * (right - b_zero), scale, range));
    });
  }
};

using Mul = MulOf<std::int8_t>;

}  // namespace nn::int8
