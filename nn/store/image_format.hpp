// The format of images, files of the host tools and records of a device's flash alike. Little-endian.
//
//   offset 0   magic "GNGL"
//          4   version, 1 or 2
//          8   fingerprint of the network, 64 bits
//         16   length of the payload in bytes
//         20   payload
//        end   CRC-32 of all bytes before
//
// Version 1 is weights: n, the number of means and of scales (0, 1 or one for each input); n means; n scales; then every
// parameter in the order of its declaration, as many bytes each as its format has.
//
// Version 2 is a training that can go on, as fields one after the other, each at most once and in any order:
//          0   kind, 16 bits      a kind with bit 15 may be passed over by a program that does not know it
//          2   version, 16 bits   of this kind; each is 1 today
//          4   identity           what the contents are made for, 0 where the network's fingerprint says all
//          8   length of the contents in bytes
//         12   contents
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/random.hpp"
#include "nn/store/numbers.hpp"

namespace nn {

namespace image_format {

inline constexpr std::uint32_t magic = 0x4c474e47;  // "GNGL"
inline constexpr std::uint32_t version_of_weights = 1, version_of_training = 2;
inline constexpr std::size_t header = 20, field_header = 12, end = 4;

enum class Kind : std::uint16_t {
  normalization = 1,  // as in version 1
  parameters = 2,     // as in version 1
  optimizer = 3,      // its settings; then what it keeps for every parameter. Identity: its name, settings and formats
  generator = 4,      // four words of nn::Random
  frozen = 5,         // the number of leading layers that no longer learn
  step = 6,           // steps taken
  own = 7             // the program's own numbers. Identity: their formats
};
inline constexpr std::uint16_t last_kind = 7, field_version = 1;

// Rows are arrays of numbers, single numbers, or a generator.
template <class Numbers>
concept Single = std::is_arithmetic_v<Numbers> || requires(Numbers row) {
  row.raw;
};

// The numbers of a row; what is done with them is then compiled once for each format.
template <class Numbers>
constexpr auto numbers_of(Numbers& row) {
  if constexpr (Single<std::remove_const_t<Numbers>>)
    return std::span<Numbers>{&row, 1};
  else if constexpr (std::is_same_v<std::remove_const_t<Numbers>, Random>)
    return std::span<std::remove_reference_t<decltype(row.words()[0])>>{row.words()};
  else
    return std::span<std::remove_reference_t<decltype(row[0])>>{row};
}

template <class Numbers>
constexpr std::size_t stored_size(const Numbers& row) {
  const auto numbers = numbers_of(row);
  return numbers.size() * sizeof(StoredWord<std::remove_cvref_t<decltype(numbers[0])>>);
}

template <class Number>
constexpr bool finite(Number number) {
  if constexpr (std::is_floating_point_v<Number>)
    return Bits<Number>::is_finite(number);
  else
    return true;
}

template <class Number>
[[gnu::noinline]] constexpr bool all_finite(std::span<const Number> numbers) {
  return std::ranges::all_of(numbers, [](Number number) { return finite(number); });
}

// Whether the numbers of a row may be learnt from.
template <class Numbers>
constexpr bool sound(const Numbers& row) {
  if constexpr (std::is_same_v<Numbers, Random>)
    return std::ranges::any_of(row.words(), [](std::uint32_t word) { return word != 0; });
  else
    return all_finite(numbers_of(row));
}

}  // namespace image_format

}  // namespace nn
