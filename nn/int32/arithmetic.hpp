// Arithmetic of int32 on two whole numbers without a scale; an input may be repeated along dimensions where it has the extent 1.
//
// Results wrap at 32 bits. A quotient is cut towards 0; what is divided by 0 becomes the end of int32 that has its sign, and 0 /
// 0 is 0. TensorFlow Lite leaves both undefined.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/graph/combination.hpp"

namespace nn::int32 {

struct Arithmetic {
  static constexpr std::string_view kind = "Arithmetic";

  graph::Broadcast shape;
  graph::Combination combination;
  std::int32_t least = std::numeric_limits<std::int32_t>::min();  // of y: what a fused activation leaves
  std::int32_t most = std::numeric_limits<std::int32_t>::max();

  constexpr graph::Overlap overlap(int input) const { return graph::in_bytes(shape.overlap(input), sizeof(std::int32_t)); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("combination", combination);
    list("least", least);
    list("most", most);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int32_t* y, const std::int32_t* a, const std::int32_t* b) const {
    shape.for_each(y, a, b, [this](std::int32_t left, std::int32_t right) {
      const std::int32_t result = combined(left, right);
      return result < least ? least : result > most ? most : result;
    });
  }

 private:
  constexpr std::int32_t combined(std::int32_t left, std::int32_t right) const {
    const auto a = static_cast<std::uint32_t>(left);
    const auto b = static_cast<std::uint32_t>(right);
    switch (combination) {
      case graph::Combination::sum: return static_cast<std::int32_t>(a + b);
      case graph::Combination::difference: return static_cast<std::int32_t>(a - b);
      case graph::Combination::product: return static_cast<std::int32_t>(a * b);
      case graph::Combination::quotient: return quotient(left, right);
      case graph::Combination::squared_difference: return static_cast<std::int32_t>((a - b) * (a - b));
    }
    return 0;
  }
  static constexpr std::int32_t quotient(std::int32_t left, std::int32_t right) {
    using Limits = std::numeric_limits<std::int32_t>;
    if (right == 0) return left == 0 ? 0 : left < 0 ? Limits::min() : Limits::max();
    if (right == -1) return static_cast<std::int32_t>(0 - static_cast<std::uint32_t>(left));
    return left / right;
  }
};

}  // namespace nn::int32
