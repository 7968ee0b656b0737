// Map: a function of float32, number by number, that has numbers of its own: y = function(x). Each function is a plain struct
// with operator() and members(), in a file of its own.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::float32 {

template <class Function>
struct Map {
  static constexpr std::string_view kind = "Map";

  std::int32_t count;
  Function function;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("function", function);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call, float* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = function(x[i]);
  }
};

}  // namespace nn::float32
