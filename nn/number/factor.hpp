// Factor: a number known at run time only, such as a learning rate, as mantissa · 2^-shift, to multiply fixed-point numbers
// by. Within 2^-15 of the float it is made of; made with integer operations alone.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "nn/number/bits.hpp"
#include "nn/number/narrow.hpp"

namespace nn {

struct Factor {
  std::int32_t mantissa;  // 2^14 to 2^15 in magnitude, or 0
  int shift;

  static constexpr Factor of(float value) {
    using Float = Bits<float>;
    const std::uint32_t word = Float::of(value);
    const int exponent = static_cast<int>(word >> Float::fraction & 0xffu);
    if (exponent == 0) return {0, 0};  // 0, or so small that it changes nothing
    const auto size = static_cast<std::int32_t>(((word & Float::fraction_mask) | Float::hidden) + (1u << 8)) >> 9;
    return {(word >> 31) != 0 ? -size : size, 14 + Float::bias - exponent};
  }

  // To the nearest Result, or its limit.
  template <class Result, int Width, int Fraction>
  constexpr Result times(Fixed<Width, Fraction> x) const {
    if constexpr (Width > 32) {  // so large that its last 16 bits are not missed
      if (const auto small = static_cast<std::int32_t>(x.raw); small == x.raw)  // one multiplication
        return shifted<Result>(std::int64_t{small} * mantissa, Fraction + shift - Result::fraction);
      constexpr std::int64_t large = std::int64_t{1} << 47;
      if (x.raw >= large || x.raw < -large)
        return shifted<Result>((x.raw >> 16) * mantissa, Fraction + shift - Result::fraction - 16);
    }
    using Wide = std::conditional_t<(Width > 16), std::int64_t, std::int32_t>;
    const Wide product = static_cast<Wide>(Wide{x.raw} * mantissa);
    return shifted<Result>(product, Fraction + shift - Result::fraction);
  }

 private:
  // product / 2^dropped
  template <class Result, class Wide>
  static constexpr Result shifted(Wide product, int dropped) {
    constexpr int width = static_cast<int>(8 * sizeof(Wide));
    Wide result = 0;
    if (dropped > 0) {
      if (dropped < width) {  // to the nearest, with one shift by a number of bits that the compiler does not know
        const Wide twice = product >> (dropped - 1);
        result = static_cast<Wide>((twice >> 1) + (twice & 1));
      }
    } else {
      const Wide limit = dropped > -width ? static_cast<Wide>(std::numeric_limits<Wide>::max() >> -dropped) : 0;
      if (product > limit) return Result::highest();
      if (product < -limit) return Result::lowest();
      result = product == 0 ? 0 : static_cast<Wide>(product * (Wide{1} << -dropped));
    }
    return narrow<Result>(Fixed<width, Result::fraction>{result});
  }
};

}  // namespace nn
