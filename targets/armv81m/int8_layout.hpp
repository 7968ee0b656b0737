// Rows of quantized layers as Helium reads them: groups of four, each a block that one pointer walks through.
//
//   bias [4]   weight [vectors][4 rows][16]   multiplier [4]   shift [4]      or, for Float32 rounding, scale [4]
//
// Of eight rows, the even ones are a block, and the odd ones the next; at the end up to four are one. Rows and outputs that are
// missing are 0. So no load of weights has a tail, and four rows' sums fill a vector.
#pragma once

#include <cstdint>
#include <type_traits>

#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Layout {
  static constexpr std::int32_t vectors(std::int32_t depth) { return (depth + 15) / 16; }
  template <class Rounding>
  static constexpr std::int32_t bytes(const nn::Int8RowsOf<Rounding>& m) {
    return (m.outputs + 3) / 4 * (16 + scale_bytes<Rounding> + 64 * vectors(m.depth));
  }

  template <class Rounding>
  static constexpr void lay_out(const nn::Int8RowsOf<Rounding>& m, std::int8_t* to) {
    for (std::int32_t b = 0; b < (m.outputs + 3) / 4; ++b) {
      const auto row = [&](std::int32_t r) { return row_of(b, r, m.outputs); };
      to = words(to, [&](std::int32_t r) { return row(r) < m.outputs ? m.bias[row(r)] : 0; });
      for (std::int32_t i = 0; i < m.depth; i += 16)
        for (std::int32_t r = 0; r < 4; ++r)
          for (std::int32_t k = 0; k < 16; ++k)
            *to++ = row(r) < m.outputs && i + k < m.depth ? m.weight[row(r) * m.depth + i + k] : std::int8_t{0};
      to = scales(to, [&](std::int32_t r) { return row(r) < m.outputs ? m.scale[row(r) * m.scale_step] : no_scale<Rounding>(); });
    }
  }
  // The row that is row r of block b.
  static constexpr std::int32_t row_of(std::int32_t b, std::int32_t r, std::int32_t outputs) {
    const std::int32_t eight = b / 2 * 8;
    return outputs - eight > 4 ? eight + 2 * r + b % 2 : eight + r;
  }

  // Multipliers and shifts of four outputs.
  static constexpr std::int8_t* scales(std::int8_t* to, auto scale) {
    if constexpr (std::is_same_v<decltype(scale(0)), float>) {
      return words(to, [&](std::int32_t r) { return __builtin_bit_cast(std::int32_t, scale(r)); });
    } else {
      to = words(to, [&](std::int32_t r) { return scale(r).multiplier; });
      return words(to, [&](std::int32_t r) { return scale(r).shift; });
    }
  }
  // Of outputs that are missing; and the bytes that four take.
  template <class Rounding>
  static constexpr typename Rounding::Scale no_scale() {
    if constexpr (std::is_same_v<Rounding, nn::int8::Float32>)
      return 0;
    else
      return {0, -1};
  }
  template <class Rounding>
  static constexpr std::int32_t scale_bytes = std::is_same_v<Rounding, nn::int8::Float32> ? 16 : 32;
  // Four words, little-endian.
  static constexpr std::int8_t* words(std::int8_t* to, auto number) {
    for (std::int32_t r = 0; r < 4; ++r)
      for (int byte = 0; byte < 4; ++byte) *to++ = static_cast<std::int8_t>(static_cast<std::uint32_t>(number(r)) >> 8 * byte);
    return to;
  }
};

}  // namespace target
