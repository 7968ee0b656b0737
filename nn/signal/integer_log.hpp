// The natural logarithm of an integer, from a table of its difference to a line in each of 128 parts of an octave.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/signal/table_math.hpp"

namespace nn::signal {

struct IntegerLog {
  // (log2(1 + i / 128) - i / 128) · 2^16
  static constexpr std::array<std::uint16_t, 129> table = [] {
    std::array<std::uint16_t, 129> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const double x = static_cast<double>(i) / 128;
      all[i] = static_cast<std::uint16_t>(floor(65536 * (Elementary<double>::log(1 + x) / 0.69314718055994530942 - x) + 0.5));
    }
    return all;
  }();

  // log(x) · 2^scale_shift for x >= 1.
  static constexpr std::uint32_t of(std::uint32_t x, std::int32_t scale_shift) {
    const auto whole = static_cast<std::uint32_t>(std::bit_width(x) - 1);
    const std::uint32_t bits = x << (31 - whole) << 1;  // behind the leading one
    const std::uint32_t fraction = bits >> 16, part = fraction >> 9;
    const std::int32_t low = table[part], high = table[part + 1];
    // The way to the next entry, shifted by 16 and not by a part's 9 bits: the bits are those of the models' training.
    const std::int32_t way = (high - low) * static_cast<std::int32_t>(fraction & 511u) >> 16;
    const std::uint32_t log2 = (whole << 16) + fraction + static_cast<std::uint32_t>(low + way);
    const auto log = static_cast<std::uint32_t>((std::uint64_t{45426} * log2 + 32768) >> 16);  // log 2 = 45426 / 65536
    return ((log << scale_shift) + 32768) >> 16;
  }
};

}  // namespace nn::signal
