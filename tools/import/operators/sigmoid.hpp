// What LOGISTIC and TANH share.
#pragma once

#include <cmath>

#include "nn/int16/sigmoid.hpp"
#include "nn/int8/exponential.hpp"
#include "tools/import/operators/int16_tables.hpp"
#include "tools/import/operators/lookup.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

// Of int8: of(x) of x in Q4, and beyond its reach the ends.
void apply_sigmoid_table(Lowering& node, auto of) {
  const std::int32_t x_zero = zero(node.input());
  const double real = static_cast<double>(scale(node.input())) * (1 << 27);
  const Scale to = fixed_scale(real);
  // From a scale of 8 on nothing is within: the zero point's code is at the lower end, too.
  int shift = 0;
  std::frexp(real, &shift);
  const std::int32_t radius = input_radius(4, shift);
  apply_table(node, [&](std::int32_t code) {
    const std::int32_t input = code - x_zero;
    if (input <= -radius) return std::int8_t{-128};
    if (input >= radius) return std::int8_t{127};
    return of(nn::int8::requantize(input, to));
  });
}

// Of int16: powers of two have a multiplier of their own, up to 2^(most - 12); those of other scales are cut off.
inline nn::int16::SigmoidInput sigmoid_input(const Node& node, int most) {
  require_symmetric(node, node.input());
  require_symmetric(node, node.output());
  node.require(whole_log2(scale(node.output())) == -15, "has an output of another scale", "scale 1/32768");
  if (const auto power = whole_log2(scale(node.input())); power && *power >= -12 && *power <= most - 12)
    return {3 << (*power + 12), 0};
  double multiplier = static_cast<double>(scale(node.input())) * 3 * 4096;
  node.require(multiplier <= 32767, "has inputs of a large scale", "a scale of at most 32767/12288");
  int shift = 0;
  for (; multiplier <= 32767.0 / 2 && shift <= 30; ++shift) multiplier *= 2;
  return {static_cast<std::int32_t>(multiplier), shift};
}

}  // namespace tools::importer
