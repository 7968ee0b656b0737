// Add: y = a ± b, each with a scale of its own; an input may be repeated along dimensions where it has the extent 1.
// Both are brought to a common scale with 20 more bits, added, and brought to that of the output.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/broadcast.hpp"
#include "nn/int8/requantize.hpp"

namespace nn::int8 {

struct Add {
  static constexpr std::string_view kind = "Add";

  Broadcast shape;
  std::int32_t sign;  // -1 subtracts b
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale a_scale;
  Scale b_scale;
  Scale scale;
  Range range;

  constexpr Overlap overlap(int input) const { return shape.overlap(input); }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    shape.for_each(y, a, b, [this](std::int8_t left, std::int8_t right) {
      const std::int32_t first = requantize((left - a_zero) * (1 << 20), a_scale);
      const std::int32_t second = requantize((right - b_zero) * (1 << 20), b_scale);
      return code(requantize(first + sign * second, scale), range);
    });
  }
};

}  // namespace nn::int8
