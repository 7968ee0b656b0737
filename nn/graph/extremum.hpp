// Extremum: of two numbers the greater or the smaller one; an input may be repeated along dimensions where it has the extent 1.
#pragma once

#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"

namespace nn::graph {

template <class Number>
struct Extremum {
  static constexpr std::string_view kind = "Extremum";

  Broadcast shape;
  bool greatest;

  constexpr Overlap overlap(int input) const { return in_bytes(shape.overlap(input), sizeof(Number)); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("greatest", greatest);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, Number* y, const Number* a, const Number* b) const {
    shape.for_each(y, a, b,
                   [this](Number left, Number right) { return (greatest ? left > right : left < right) ? left : right; });
  }
};

}  // namespace nn::graph
