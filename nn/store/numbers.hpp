// Numbers as bytes: little-endian, as many as their format has, the same on every core.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "nn/crc.hpp"
#include "nn/fields.hpp"
#include "nn/number/bits.hpp"

namespace nn {

// The bits of a number, the same on every core: a NaN has many and becomes one.
template <class Number>
constexpr auto canonical_bits(Number x) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (Bits<Number>::is_nan(x)) return Bits<Number>::of(std::numeric_limits<Number>::quiet_NaN());
    return Bits<Number>::of(x);
  } else if constexpr (std::same_as<Number, bool>) {
    return static_cast<std::uint8_t>(x);
  } else if constexpr (std::integral<Number>) {
    return static_cast<std::make_unsigned_t<Number>>(x);
  } else {
    return std::bit_cast<std::make_unsigned_t<decltype(x.raw)>>(x.raw);
  }
}

template <class Number>
using StoredWord = decltype(canonical_bits(Number{}));

// The number of these bits, of which only the lowest count.
template <class Number>
constexpr Number number_of_bits(std::uint64_t bits) {
  const auto word = static_cast<StoredWord<Number>>(bits);
  if constexpr (std::same_as<Number, bool>)
    return word != 0;
  else if constexpr (std::integral<Number>)
    return static_cast<Number>(word);
  else
    return std::bit_cast<Number>(word);
}

// Calls visit(byte) for every byte of the parameters, in the order of the payload.
template <class Parameters>
constexpr void for_each_byte(const Parameters& parameters, auto&& visit) {
  for_each_row(
      [&](const auto& row) {
        for (const auto& number : row) {
          const auto word = canonical_bits(number);
          for (std::size_t k = 0; k < sizeof word; ++k) visit(static_cast<std::uint8_t>(word >> (8 * k)));
        }
      },
      parameters);
}

// Whether every parameter is finite. A diverged training is not.
template <class Parameters>
constexpr bool is_finite(const Parameters& parameters) {
  bool finite = true;
  for_each_row(
      [&](const auto& row) {
        for (const auto& number : row)
          if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(number)>>)
            finite = finite && Bits<std::remove_cvref_t<decltype(number)>>::is_finite(number);
      },
      parameters);
  return finite;
}

// CRC-32 of the parameters: equal on two cores if and only if (but for one in 2^32) every bit is.
template <class Parameters>
constexpr std::uint32_t checksum(const Parameters& parameters) {
  Crc32 crc;
  for_each_byte(parameters, [&](std::uint8_t byte) { crc.add(byte); });
  return crc.value();
}

}  // namespace nn
