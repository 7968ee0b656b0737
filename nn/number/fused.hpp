// fused(a, b, c): a·b + c, rounded once, as IEEE 754-2019 (section 5.4.1) defines fusedMultiplyAdd. Where the processor has no
// such instruction, the C library's fmaf gives the same bits.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <bit>
#include <cstdint>
#include <type_traits>

namespace nn {

// The same without it, for finite results. The product of two floats is exact in double; of its sum with c, rounded to odd, a
// double has bits enough that rounding again does no harm. Boldo and Melquiond, Emulation of FMA and correctly rounded sums
// (2008).
constexpr float fused_by_rounding_to_odd(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b), addend = static_cast<double>(c);
  const double sum = product + addend;
  const double from_addend = sum - product;
  const double error = (product - (sum - from_addend)) + (addend - from_addend);  // Knuth's TwoSum: exact
  const auto word = std::bit_cast<std::uint64_t>(sum);
  if (error == 0 || (word & 1) != 0) return static_cast<float>(sum);
  return static_cast<float>(std::bit_cast<double>((error > 0) == (sum > 0) ? word + 1 : word - 1));
}

constexpr float fused(float a, float b, float c) {
  if (std::is_constant_evaluated()) return fused_by_rounding_to_odd(a, b, c);
  return __builtin_fmaf(a, b, c);
}

}  // namespace nn
