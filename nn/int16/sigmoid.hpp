// Logistic and Tanh on codes of 16 bits, from one table, with linear interpolation: table[i] is 65536 / (1 + e^(-i/24)).
//
//   v = round(x·multiplier / 2^shift)      so that v / 12288 is the real input, multiplier at most 32767
//   logistic(v / 12288) is found at |v| / 512, tanh(v / 12288) = 2·logistic(2·v / 12288) - 1 at |v| / 256
//
// The scale of y is 1/32768.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::int16 {

struct SigmoidInput {
  std::int32_t multiplier;
  std::int32_t shift;

  constexpr void members(auto&& list) const {
    list("multiplier", multiplier);
    list("shift", shift);
  }

  constexpr std::int32_t operator()(std::int32_t code) const {
    return (code * multiplier + (shift > 0 ? 1 << (shift - 1) : 0)) >> shift;
  }
};

// At position / 2^bits, in 16 + bits bits, before the last entry; or `beyond` from there on.
constexpr std::int32_t interpolated(const std::uint16_t* table, std::int32_t position, int bits) {
  const std::uint16_t* const at = table + (position >> bits);
  return at[0] * (1 << bits) + (position & ((1 << bits) - 1)) * (at[1] - at[0]);
}
constexpr std::int32_t interpolated(const std::uint16_t* table, std::int32_t position, int bits, std::int32_t beyond) {
  return position >> bits >= 255 ? beyond : interpolated(table, position, bits);
}

// Of v = 12288 times the real input; nearby: |v| is less than 255·512.
template <bool Nearby = false>
constexpr std::int16_t logistic(const std::uint16_t* table, std::int32_t v) {
  const std::int32_t sign = v >> 31, position = (v ^ sign) - sign;
  // 1 is 2^25
  const std::int32_t half = Nearby ? interpolated(table, position, 9) : interpolated(table, position, 9, 0x7fff << 10);
  return static_cast<std::int16_t>(((half ^ sign) + (sign & (1 << 25)) + 512) >> 10);  // half, or 2^25 - half - 1
}
constexpr std::int16_t tanh(const std::uint16_t* table, std::int32_t v) {
  const std::int32_t sign = v >> 31;
  const std::int32_t above_half = interpolated(table, (v ^ sign) - sign, 8, 0xffff << 8) - (1 << 23);  // 1/2 is 2^23
  return static_cast<std::int16_t>(((above_half ^ sign) + 128) >> 8);  // above_half, or -above_half - 1
}

struct Logistic {
  static constexpr std::string_view kind = "Logistic";

  std::int32_t count;
  SigmoidInput input;
  const std::uint16_t* table;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("input", input);
    list("table", graph::listed(table, 256));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int16_t* y, const std::int16_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = logistic(table, input(x[i]));
  }
};

struct Tanh {
  static constexpr std::string_view kind = "Tanh";

  std::int32_t count;
  SigmoidInput input;
  const std::uint16_t* table;

  constexpr graph::Overlap overlap(int) const { return graph::in_place; }
  constexpr void members(auto&& list) const {
    list("count", count);
    list("input", input);
    list("table", graph::listed(table, 256));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int16_t* y, const std::int16_t* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = tanh(table, input(x[i]));
  }
};

}  // namespace nn::int16
