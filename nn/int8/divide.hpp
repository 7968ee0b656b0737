// Divide: y = a / b, each with a scale of its own; an input may be repeated along dimensions where it has the extent 1. The bits
// are those of TensorFlow Lite's reference kernel: a, shifted as far to the left as it goes, times the reciprocal of b.
//
// What is divided by 0 becomes the last code on its side, and 0 / 0 is 0; the reference leaves both undefined.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/exponential.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct Divide {
  static constexpr std::string_view kind = "Divide";

  graph::Broadcast shape;
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale scale;  // of a / (b · y); its shift is at most 23
  Range range;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("scale", scale);
    list("range", range);
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(y, a, b, [this](std::int8_t left, std::int8_t right) { return quotient(left - a_zero, right - b_zero); });
  }

 private:
  constexpr std::int8_t quotient(std::int32_t a, std::int32_t b) const {
    if (b == 0) return static_cast<std::int8_t>(a == 0 ? code(0, range) : a < 0 ? range.least : range.most);
    const std::int32_t above = b < 0 ? -a : a;
    const std::uint32_t below = static_cast<std::uint32_t>(b < 0 ? -b : b);
    const int digits = std::countl_zero(below);
    const auto fraction = static_cast<std::int32_t>((below << digits) - 0x80000000u);
    const std::int32_t reciprocal = saturated_shift(twice_reciprocal_of_one_plus(fraction), 1);
    const int headroom = std::countl_zero(static_cast<std::uint32_t>(above < 0 ? -2 * above - 1 : above)) - (above < 0 ? 0 : 1);
    const std::int32_t unscaled =
        doubling_high_product(static_cast<std::int32_t>(static_cast<std::uint32_t>(above) << headroom), reciprocal);
    return code(shifted(doubling_high_product(unscaled, scale.multiplier), (31 - digits) + headroom - scale.shift), range);
  }
  static constexpr std::int32_t shifted(std::int32_t x, std::int32_t by) {
    return by == 0 ? x : by > 31 ? 0 : rounded_shift(x, by);
  }
};

}  // namespace nn::int8
