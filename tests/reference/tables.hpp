// Tables that the reference interpolates in for codes of 16 bits.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "arithmetic.hpp"

namespace reference::tables {

// 65536 / (1 + e^(-i/24)), rounded; where the string has a +, and at the end, the reference's table has one more.
inline const std::array<Integer, 256>& sigmoid() {
  static const std::array<Integer, 256> table = [] {
    constexpr std::string_view more =
        "....+...+...+.++++.++++..+.+++++.+++.+.+++.++++..++...+.......+++.+...............+...+......+......+..+........+...+..."
        "..............."
        "+";
    std::array<Integer, 256> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = static_cast<Integer>(std::floor(65536 / (1 + std::exp(-static_cast<double>(i) / 24)) + 0.5)) +
               ((i < more.size() && more[i] == '+') || i == 255);
    return all;
  }();
  return table;
}

// Is it a power of two? As the reference sees it, to a thousandth of its logarithm.
inline std::optional<int> whole_log2(float x) {
  const float log2 = std::log(x) * (1.0f / std::log(2.0f)), rounded = std::round(log2);
  if (!(std::abs(log2 - rounded) < 1e-3f)) return std::nullopt;
  return static_cast<int>(rounded);
}

// LOGISTIC or TANH in codes of 1/32768, of codes of 1/12288: between steps of 1/24, or for TANH of 1/48.
inline Integer interpolated(Integer x, bool tanh) {
  const int bits = tanh ? 8 : 9;
  const Integer size = x < 0 ? -x : x;
  const auto step = static_cast<std::size_t>(size >> bits);
  const auto& table = sigmoid();
  // At the table's end: the largest number, in the units of the interpolation.
  const Integer result = step >= 255 ? (tanh ? 0xFFFF * 256 : 0x7FFF * 1024)
                                     : (table[step] << bits) + (size & (power(bits) - 1)) * (table[step + 1] - table[step]);
  if (tanh) return (x >= 0 ? result - power(23) + power(7) : power(23) - result + power(7) - 1) >> 8;
  return (x >= 0 ? result + power(9) : power(25) - result + power(9) - 1) >> 10;
}

// 512 steps over codes of 16 bits, in float32: each entry is moved by half of the error in the middle of its step.
template <class Function>
std::array<Integer, 513> of(float scale_in, int zero_in, float scale_out, Function function) {
  std::array<Integer, 513> table{};
  const float least = scale_in * static_cast<float>(-32768 - zero_in), most = scale_in * static_cast<float>(32767 - zero_in);
  const float step = (most - least) / 512, half = step / 2;
  const float inverse = 65536.0f / (scale_out * 32767.0f - scale_out * -32768.0f);
  for (int i = 0; i < 512; ++i) {
    const float at = least + static_cast<float>(i) * step;
    const float sample = std::round(function(at) * inverse);
    const float between = std::round((function(least + static_cast<float>(i + 1) * step) * inverse + sample) / 2);
    const float error = between - std::round(function(at + half) * inverse);
    table[static_cast<std::size_t>(i)] = clamped(static_cast<Integer>(sample - std::round(error / 2)), -32768, 32767);
  }
  table[512] = clamped(static_cast<Integer>(std::round(function(most) * inverse)), -32768, 32767);
  return table;
}

inline Integer look_up(const std::array<Integer, 513>& table, Integer code) {
  const auto i = static_cast<std::size_t>(256 + floor_division(code, 128));
  return table[i] + (((table[i + 1] - table[i]) * (code & 127) + 64) >> 7);
}

}  // namespace reference::tables
