// Formats: how many fraction bits hold a range, and the code that states them.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "nn/shape.hpp"

namespace tools {

// The most fraction bits with which numbers up to ±largest lie in the range of `bits` bits, but for `beyond` steps that may
// be lost of the largest.
inline int fraction_bits(int bits, double largest, double beyond) {
  int fraction = bits - 1;
  while (fraction > 0 && std::ldexp(largest, fraction) >= std::ldexp(1.0, bits - 1) - 0.5 + beyond) --fraction;
  return fraction;
}

// The fraction bits of a layer, or of a network; what is absent has nothing to hold.
struct Fractions {
  std::optional<int> weight, activation, gradient, input, cell = std::nullopt;

  // Those that serve both.
  void add(const Fractions& other) {
    const auto least = [](std::optional<int>& a, std::optional<int> b) {
      if (b) a = a ? std::min(*a, *b) : *b;
    };
    least(weight, other.weight);
    least(activation, other.activation);
    least(gradient, other.gradient);
    least(input, other.input);
    least(cell, other.cell);
  }

  // "nn::FixedPoint<nn::Format{…}>"
  std::string code(int bits) const {
    std::string list;
    const auto add = [&list](const char* name, std::optional<int> value) {
      if (value) list += (list.empty() ? "." : ", .") + std::string{name} + " = " + std::to_string(*value);
    };
    add("bits", bits == 16 ? std::nullopt : std::optional{bits});
    add("weight", weight);
    add("activation", activation);
    add("gradient", gradient);
    add("input", input);
    add("cell", cell);
    return "nn::FixedPoint<nn::Format{" + list + "}>";
  }
};

// "nn::Input<8, 8, 1>"
inline std::string input_code(nn::Shape shape) {
  std::string extents;
  if (shape.height > 1) extents += std::to_string(shape.height) + ", ";
  if (shape.height > 1 || shape.width > 1) extents += std::to_string(shape.width) + ", ";
  return "nn::Input<" + extents + std::to_string(shape.channels) + ">";
}

}  // namespace tools
