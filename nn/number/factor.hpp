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
    using F = Bits<float>;
    const std::uint32_t word = F::of(value);
    const int exponent = static_cast<int>(word >> F::fraction & 0xffu);
    if (exponent == 0) return {0, 0};  // 0, or so small that it changes nothing
    const auto size = static_cast<std::int32_t>(((word & F::fraction_mask) | F::hidden) + (1u << 8)) >> 9;
    return {(word >> 31) != 0 ? -size : size, 14 + F::bias - exponent};
  }

  // To the nearest To, or its limit.
  template <class To, int B, int F>
  constexpr To times(Fixed<B, F> x) const {
    if constexpr (B > 32) {  // so large that its last 16 bits are not missed
      constexpr std::int64_t large = std::int64_t{1} << 47;
      if (x.raw >= large || x.raw < -large) return shifted<To>((x.raw >> 16) * mantissa, F + shift - To::fraction - 16);
    }
    using Wide = std::conditional_t<(B > 16), std::int64_t, std::int32_t>;
    const Wide product = static_cast<Wide>(Wide{x.raw} * mantissa);
    return shifted<To>(product, F + shift - To::fraction);
  }

 private:
  // product / 2^dropped
  template <class To, class Wide>
  static constexpr To shifted(Wide product, int dropped) {
    constexpr int width = static_cast<int>(8 * sizeof(Wide));
    Wide result = 0;
    if (dropped > 0) {
      if (dropped < width) result = Nearest{}(product, dropped);
    } else {
      const Wide limit = dropped > -width ? static_cast<Wide>(std::numeric_limits<Wide>::max() >> -dropped) : 0;
      if (product > limit) return To::highest();
      if (product < -limit) return To::lowest();
      result = product == 0 ? 0 : static_cast<Wide>(product * (Wide{1} << -dropped));
    }
    return narrow<To>(Fixed<width, To::fraction>{result});
  }
};

}  // namespace nn
