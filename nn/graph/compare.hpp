// Compare: whether one number is less than another, or equal to it, and so on; an input may be repeated along dimensions where it
// has the extent 1.
#pragma once

#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"

namespace nn::graph {

enum class Order { less, less_equal, greater, greater_equal, equal, not_equal };
constexpr std::string_view spelled(Order value) {
  switch (value) {
    case Order::less: return "nn::graph::Order::less";
    case Order::less_equal: return "nn::graph::Order::less_equal";
    case Order::greater: return "nn::graph::Order::greater";
    case Order::greater_equal: return "nn::graph::Order::greater_equal";
    case Order::equal: return "nn::graph::Order::equal";
    case Order::not_equal: return "nn::graph::Order::not_equal";
  }
  return {};
}

template <class Number>
constexpr bool holds(Order order, Number a, Number b) {
  switch (order) {
    case Order::less: return a < b;
    case Order::less_equal: return a <= b;
    case Order::greater: return a > b;
    case Order::greater_equal: return a >= b;
    case Order::equal: return a == b;
    case Order::not_equal: return a != b;
  }
  return false;
}

template <class Number>
struct Compare {
  static constexpr std::string_view kind = "Compare";

  Broadcast shape;
  Order order;

  constexpr Overlap overlap(int input) const { return sizeof(Number) == 1 ? shape.overlap(input) : no_overlap; }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("order", order);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, bool* y, const Number* a, const Number* b) const {
    shape.for_each(y, a, b, [this](Number left, Number right) { return holds(order, left, right); });
  }
};

}  // namespace nn::graph
