// RootSteps: what RmsProp and Adam do in fixed point; their settings are brought to integers once for a row of parameters.
//
//   faded(share, x, y)    x + (y - x)·share, rounded once
//   mean_square(√v, g)    √(v + (g² - v)·share), the nearest: √v is kept instead of v, which would need twice its bits
//   over_root(m, √v)      factor·m / (√v + epsilon), within 2^-15 and half a step; m / (√v + epsilon) is held within [-128, 128]
//
// A share, such as 1 - beta, is within 2^-31. With steps of 2^-27 and a share of 0.001, √v no longer fades once it is below
// 7.5e-6. Errors are held by tests/host/fixed_functions.cpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>

#include "nn/number/bits.hpp"
#include "nn/number/fixed.hpp"
#include "nn/number/mantissa.hpp"

namespace nn {

template <class Kernels, class Moment>
class RootSteps {
 public:
  // 1 - kept of a setting such as beta, in [0, 1): Q30.
  static constexpr std::int32_t share(float kept) {
    const auto [m, exponent] = split(kept);
    const int shift = 2 - exponent;  // at least 2
    return (1 << 30) - static_cast<std::int32_t>(shift > 31 ? 0 : (m >> (shift - 1)) - (m >> shift));  // to the nearest
  }

  constexpr RootSteps(float step_factor, float kept_of_squares, float epsilon)
      : share_of_square{share(kept_of_squares)},
        least_divisor{static_cast<std::uint32_t>(Moment::from(epsilon).raw)},
        negative{(Bits<float>::of(step_factor) >> 31) != 0},
        factor{split(step_factor).m},
        dropped{29 - Moment::fraction - split(step_factor).exponent},
        most{factor == 0 || dropped > 35 ? 0 : dropped <= 4 ? highest : factor >> (dropped - 4)} {}

  static constexpr Moment faded(std::int32_t share, Moment x, Moment y) {
    const std::int64_t sum = std::int64_t{x.raw} * ((1 << 30) - share) + std::int64_t{y.raw} * share;
    return {static_cast<std::int32_t>((sum + (1 << 29)) >> 30)};
  }

  constexpr Moment mean_square(Moment root, Moment g) const {
    const std::int64_t now = std::int64_t{root.raw} * root.raw;
    const std::int64_t change = std::int64_t{g.raw} * g.raw - now;
    const auto high = static_cast<std::int32_t>(change >> 32);
    const auto low = static_cast<std::uint32_t>(change);
    const std::uint64_t part = (std::uint64_t{low} * static_cast<std::uint32_t>(share_of_square)) >> 30;
    const std::int64_t faded = now + std::int64_t{high} * share_of_square * 4 + static_cast<std::int64_t>(part);
    const auto square = static_cast<std::uint64_t>(faded);
    const std::uint32_t below = Kernels::integer_root(square);
    const std::uint32_t nearest = below + (square - std::uint64_t{below} * below > below ? 1u : 0u);
    return {static_cast<std::int32_t>(std::min(nearest, highest))};
  }

  constexpr Moment over_root(Moment m, Moment root) const {
    if (m.raw == 0) return {};
    const std::uint32_t size = m.raw < 0 ? 0u - static_cast<std::uint32_t>(m.raw) : static_cast<std::uint32_t>(m.raw);
    const std::uint32_t divisor = std::max<std::uint32_t>(static_cast<std::uint32_t>(root.raw) + least_divisor, 1);
    const int of_size = std::countl_zero(size), of_divisor = std::countl_zero(divisor);
    const std::uint32_t quotient = mantissa::high_product(size << of_size, half_reciprocal(divisor << of_divisor));
    const std::uint32_t product = mantissa::high_product(quotient, factor);  // below 2^30
    const int by = dropped + of_size - of_divisor;
    std::uint32_t step = 0;
    if (by > 0)
      step = by > 31 ? 0 : (product >> by) + (product >> (by - 1) & 1);
    else
      step = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{product} << std::min(-by, 31), highest));
    step = std::min(step, most);
    return {static_cast<std::int32_t>((m.raw < 0) != negative ? 0u - step : step)};
  }

  const std::int32_t share_of_square;  // Q30

 private:
  static constexpr auto highest = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());

  // |x| = m · 2^(exponent - 32), m in [2^31, 2^32) or 0.
  static constexpr mantissa::Split split(float x) {
    using Float = Bits<float>;
    const std::uint32_t word = Float::magnitude(x);
    const int exponent = static_cast<int>(word >> Float::fraction);
    if (exponent == 0) return {0, 0};
    return {((word & Float::fraction_mask) | Float::hidden) << 8, exponent - Float::bias + 1};
  }

  // 1 / (2·m) in [0.25, 0.5], Q31, for m in [1, 2), Q31: 14 bits by division, then one turn of Newton's.
  static constexpr std::uint32_t half_reciprocal(std::uint32_t m) {
    const std::uint32_t first = 0xffffffffu / (m >> 16);  // 1 / m, Q17
    const auto near_1 = static_cast<std::uint32_t>((std::uint64_t{m} * first) >> 17);  // Q31
    const auto error = static_cast<std::int32_t>(0x80000000u - near_1);
    const auto half = static_cast<std::int32_t>(first << 13);
    return static_cast<std::uint32_t>(half + static_cast<std::int32_t>((std::int64_t{half} * error) >> 31));
  }

  const std::uint32_t least_divisor;
  const bool negative;
  const std::uint32_t factor;  // its mantissa
  const int dropped;           // of the product of the mantissas
  const std::uint32_t most;    // 128·factor
};

}  // namespace nn
