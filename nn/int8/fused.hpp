// fused: whole · factor + addend in float, rounded once, as a fused multiply-add has it; in integers, since not every core has
// one.
#pragma once

#include <bit>
#include <cstdint>

#include "nn/int8/rounding.hpp"

namespace nn::int8 {

// significand · 2^exponent
struct Binary {
  std::int64_t significand;
  std::int32_t exponent;

  static constexpr Binary of(float x) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    const std::int32_t exponent = static_cast<std::int32_t>(bits >> 23 & 255);
    const std::int64_t size = (bits & 0x7fffff) | (exponent == 0 ? 0u : 1u << 23);
    return {bits >> 31 != 0 ? -size : size, (exponent == 0 ? 1 : exponent) - 150};
  }

  // To the nearest float, ties to even; below the least normal one 0, beyond the last infinite.
  constexpr float rounded() const {
    if (significand == 0) return 0;
    std::uint64_t size = static_cast<std::uint64_t>(significand < 0 ? -significand : significand);
    std::int32_t by = 40 - std::countl_zero(size);
    if (by > 0)
      size = even_shift(size, by);
    else
      by = 0;
    const std::uint32_t whole = std::bit_cast<std::uint32_t>(static_cast<float>(static_cast<std::uint32_t>(size)));
    const std::int32_t biased = static_cast<std::int32_t>(whole >> 23) + exponent + by;
    const std::uint32_t bits = biased < 1     ? 0
                               : biased > 254 ? 0x7f800000
                                              : static_cast<std::uint32_t>(biased) << 23 | (whole & 0x7fffff);
    return std::bit_cast<float>(significand < 0 ? bits | 0x80000000 : bits);
  }

  // Shifted to the right; what is lost leaves its mark in the last bit.
  constexpr std::int64_t marked(std::int32_t by) const {
    if (significand == 0) return 0;
    const std::uint64_t size = static_cast<std::uint64_t>(significand < 0 ? -significand : significand);
    const std::uint64_t rest = by > 62 ? 1 : size >> by | ((size & ((std::uint64_t{1} << by) - 1)) != 0 ? 1 : 0);
    return significand < 0 ? -static_cast<std::int64_t>(rest) : static_cast<std::int64_t>(rest);
  }
};

// |whole| <= 2^9; factor and addend finite.
constexpr float fused(std::int32_t whole, float factor, float addend) {
  constexpr std::int32_t most_product = 28, most_addend = 36;  // how far they may be shifted to the left
  Binary product = Binary::of(factor), sum = Binary::of(addend);
  product.significand *= whole;
  if (product.significand == 0) return addend;
  if (sum.significand == 0) return product.rounded();
  const std::int32_t apart = product.exponent - sum.exponent;
  const std::int32_t product_by = apart < 0 ? 0 : apart < most_product ? apart : most_product;
  const std::int32_t sum_by = apart > 0 ? 0 : -apart < most_addend ? -apart : most_addend;
  const std::int32_t exponent = apart < 0 ? sum.exponent - sum_by : product.exponent - product_by;
  const std::int64_t left =
      apart < -most_addend ? product.marked(-apart - most_addend) : product.significand * (std::int64_t{1} << product_by);
  const std::int64_t right =
      apart > most_product ? sum.marked(apart - most_product) : sum.significand * (std::int64_t{1} << sum_by);
  return Binary{left + right, exponent}.rounded();
}

}  // namespace nn::int8
