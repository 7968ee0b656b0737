// Combination: what becomes of two numbers a and b: a + b, a - b, a · b, a / b, or (a - b)².
#pragma once

#include "targets/needs_cxx20.hpp"

#include <string_view>

namespace nn::graph {

enum class Combination { sum, difference, product, quotient, squared_difference };
constexpr std::string_view spelled(Combination value) {
  switch (value) {
    case Combination::sum: return "nn::graph::Combination::sum";
    case Combination::difference: return "nn::graph::Combination::difference";
    case Combination::product: return "nn::graph::Combination::product";
    case Combination::quotient: return "nn::graph::Combination::quotient";
    case Combination::squared_difference: return "nn::graph::Combination::squared_difference";
  }
  return {};
}

}  // namespace nn::graph
