// Interval: between which codes a number of int8 lies, and what operators make of that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "nn/int8/rounding.hpp"

namespace tools::importer {

struct Interval {
  std::int32_t low = -128;
  std::int32_t high = 127;

  bool constant() const { return low == high; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

inline constexpr Interval anything{-(1 << 30), 1 << 30};

inline Interval hull(const Interval& a, const Interval& b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

// Of a sum, not yet cut to 32 bits.
struct Sum {
  std::int64_t low = 0;
  std::int64_t high = 0;

  void add(std::int64_t a, std::int64_t b) {
    low += std::min(a, b);
    high += std::max(a, b);
  }
};

// As nn::int8::requantize gives it; anything where a sum or its shift may wrap to the other end of 32 bits.
inline Interval requantized(const Sum& sum, nn::int8::Scale scale, std::int32_t zero) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  if (scale.multiplier == 0) return {zero, zero};
  const std::int64_t low = static_cast<std::int32_t>(sum.low);  // sums wrap: both ends by as much, or not to be known
  const std::int64_t high = low + (sum.high - sum.low);
  const int left = std::max(scale.shift, 0);
  if (scale.multiplier < 0 || high > most >> left || low < -(most >> left)) return anything;
  const auto end = [&](std::int64_t x) { return std::int64_t{nn::int8::requantize(static_cast<std::int32_t>(x), scale)} + zero; };
  if (end(low) < anything.low || end(high) > anything.high) return anything;
  return {static_cast<std::int32_t>(end(low)), static_cast<std::int32_t>(end(high))};
}

// By Float32 rounding; sums wrap likewise.
inline Interval requantized(const Sum& sum, float scale, std::int32_t zero) {
  const std::int64_t low = static_cast<std::int32_t>(sum.low), high = low + (sum.high - sum.low);
  if (high > std::numeric_limits<std::int32_t>::max()) return anything;
  const auto end = [&](std::int64_t x) {
    return std::int64_t{nn::int8::Float32::requantize(static_cast<std::int32_t>(x), scale)} + zero;
  };
  if (end(low) < anything.low || end(high) > anything.high) return anything;
  return {static_cast<std::int32_t>(end(low)), static_cast<std::int32_t>(end(high))};
}

}  // namespace tools::importer
