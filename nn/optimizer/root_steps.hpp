// RootSteps: what RmsProp and Adam do in fixed point; their settings are brought to integers once for a row of parameters.
//
//   averaged(share, x, y)   x + (y - x)·share, rounded once: one step of an exponential moving average
//   mean_square(√v, g)      √(v + (g² - v)·share), within 2^-19 and a step; v itself would need twice the bits
//   over_root(m, √v)        factor·m / (√v + epsilon), within 2^-14 and half a step; m / (√v + epsilon) is held within ±128
//
// A share, such as 1 - beta, is within 2^-31. With steps of 2^-27 and a share of 0.001, √v no longer fades once it is below
// 7.5e-6. Errors are held by tests/host/fixed_functions.cpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "nn/number/bits.hpp"
#include "nn/number/fixed.hpp"
#include "nn/number/mantissa.hpp"

namespace nn {

template <class Moment>
class RootSteps {
 public:
  // For kernels that take several parameters at once.
  const std::uint32_t share_of_square;  // Q32
  const std::uint32_t least_divisor;
  const std::uint32_t factor;  // its mantissa
  const int dropped;           // of a quotient's product with it
  const bool negative;
  const std::uint32_t most;  // 128·factor

  // 1 - kept of a setting such as beta, in [0, 1): Q30.
  static constexpr std::int32_t share(float kept) {
    return (1 << 30) - static_cast<std::int32_t>((part(kept) >> 2) + (part(kept) >> 1 & 1));
  }

  constexpr RootSteps(float step_factor, float kept_of_squares, float epsilon)
      : share_of_square{part(kept_of_squares) == 0 ? ~std::uint32_t{0} : 0u - part(kept_of_squares)},
        least_divisor{static_cast<std::uint32_t>(Moment::from(epsilon).raw)},
        factor{mantissa_of(step_factor)},
        dropped{30 - Moment::fraction - exponent_of(step_factor)},
        negative{(Bits<float>::of(step_factor) >> 31) != 0},
        most{factor == 0 || dropped > 37 ? 0
             : dropped > 6               ? factor >> (dropped - 6)
                                         : shifted_up(factor, 6 - dropped)} {}

  static constexpr Moment averaged(std::int32_t share, Moment x, Moment y) {
    const std::int64_t sum = std::int64_t{x.raw} * ((1 << 30) - share) + std::int64_t{y.raw} * share;
    return {static_cast<std::int32_t>((sum + (1 << 29)) >> 30)};
  }

  constexpr Moment mean_square(Moment root, Moment g) const {
    const std::uint32_t size = magnitude(g), now = static_cast<std::uint32_t>(root.raw);
    if ((size | now) == 0) return {};
    const int up = std::countl_zero(size | now);
    const std::uint32_t from = mantissa::high_product(now << up, now << up), to = mantissa::high_product(size << up, size << up);
    const std::uint32_t mean =
        (from - mantissa::high_product(from, share_of_square) + mantissa::high_product(to, share_of_square)) | 1;
    const int more = std::countl_zero(mean) & ~1;
    const std::uint32_t wide = mantissa::quick_root(mean << more);
    const int down = up + more / 2;
    if (down < 1 || down > 32) return {down < 1 ? highest : 0};
    return {static_cast<std::int32_t>(std::min((wide >> (down - 1)) - (wide >> (down - 1) >> 1), std::uint32_t{highest}))};
  }

  constexpr Moment over_root(Moment m, Moment root) const {
    if (m.raw == 0) return {};
    const std::uint32_t size = magnitude(m);
    const std::uint32_t divisor = std::max<std::uint32_t>(static_cast<std::uint32_t>(root.raw) + least_divisor, 1);
    const int of_size = std::countl_zero(size), of_divisor = std::countl_zero(divisor);
    const std::uint32_t short_divisor = ((divisor << of_divisor >> 15) + 1) >> 1;  // 16 bits, to the nearest
    const std::uint32_t quotient = (size << of_size) / short_divisor << 15;        // of 17 bits
    const std::uint32_t product = mantissa::high_product(quotient, factor);
    const int by = dropped + of_size - of_divisor;
    const std::uint32_t step =
        std::min(by > 0 && by <= 32 ? (product >> (by - 1)) - (product >> (by - 1) >> 1) : beyond(product, by), most);
    return {static_cast<std::int32_t>((m.raw < 0) != negative ? 0u - step : step)};
  }

 private:
  static constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();

  static constexpr std::uint32_t magnitude(Moment x) {
    return x.raw < 0 ? 0u - static_cast<std::uint32_t>(x.raw) : static_cast<std::uint32_t>(x.raw);
  }
  static constexpr std::uint32_t shifted_up(std::uint32_t x, int by) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{x} << std::min(by, 31), std::uint32_t{highest}));
  }
  // Of a factor so large, or a quotient so small, that no bits, or all, are dropped.
  [[gnu::noinline]] static constexpr std::uint32_t beyond(std::uint32_t product, int by) {
    return by > 0 ? 0 : shifted_up(product, -by);
  }

  // |x| = mantissa · 2^(exponent - 31), the mantissa in [2^31, 2^32), or 0 if x is that or denormal.
  using Float = Bits<float>;
  static constexpr int exponent_of(float x) { return static_cast<int>(Float::magnitude(x) >> Float::fraction) - Float::bias; }
  static constexpr std::uint32_t mantissa_of(float x) {
    return exponent_of(x) == -Float::bias ? 0 : ((Float::of(x) & Float::fraction_mask) | Float::hidden) << 8;
  }
  // x in [0, 1): Q32.
  static constexpr std::uint32_t part(float x) { return exponent_of(x) < -32 ? 0 : mantissa_of(x) >> (-1 - exponent_of(x)); }
};

// Updates a whole row of parameters from the gradient share·sum by the rule of `row`, whose steps these are, if the kernels can.
template <class Arithmetic, class Kernels>
constexpr bool descend_by_roots(const auto& row, auto& w, const auto& sum, float share, auto&... kept) {
  if constexpr (requires { Kernels::template descend_by_roots<Arithmetic>(row, w, sum, share, kept...); })
    if (!std::is_constant_evaluated()) return Kernels::template descend_by_roots<Arithmetic>(row, w, sum, share, kept...);
  return false;
}
// The same by the rule of `optimizer` from the gradient itself, g(i).
template <class Arithmetic, class Kernels>
constexpr bool descend_row_by_roots(const auto& optimizer, auto& w, auto g, auto&... kept) {
  if constexpr (!Arithmetic::draws && !Arithmetic::watched) {
    using Row = decltype(optimizer.template for_a_row<Arithmetic, Kernels>(optimizer));
    if constexpr (requires(const Row& row) { Kernels::template descend_row_by_roots<Arithmetic>(row, w, g, kept...); })
      if (!std::is_constant_evaluated())
        return Kernels::template descend_row_by_roots<Arithmetic>(optimizer.template for_a_row<Arithmetic, Kernels>(optimizer), w,
                                                                  g, kept...);
  }
  return false;
}
// The same of all rows from the gradients g·xᵀ.
template <class Arithmetic, class Kernels>
constexpr bool descend_product_by_roots(const auto& optimizer, auto& weight, auto g, auto x, auto&... kept) {
  if constexpr (!Arithmetic::draws && !Arithmetic::watched) {
    using Row = decltype(optimizer.template for_a_row<Arithmetic, Kernels>(optimizer));
    if constexpr (requires(const Row& row) {
                    Kernels::template descend_product_by_roots<Arithmetic>(row, weight, g, x, kept...);
                  })
      if (!std::is_constant_evaluated())
        return Kernels::template descend_product_by_roots<Arithmetic>(
            optimizer.template for_a_row<Arithmetic, Kernels>(optimizer), weight, g, x, kept...);
  }
  return false;
}

}  // namespace nn
