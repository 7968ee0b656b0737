// Rows of quantized layers as Helium reads them: groups of four, each a block that one pointer walks through.
//
//   bias [4]   weight [vectors][4 rows][16]   multiplier [4]   shift [4]
//
// Rows and outputs that are missing are 0. So no load of weights has a tail, and four rows' sums fill a vector.
#pragma once

#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Layout {
  static constexpr std::int32_t vectors(std::int32_t depth) { return (depth + 15) / 16; }
  static constexpr std::int32_t bytes(const nn::Int8Rows& m) { return (m.outputs + 3) / 4 * (48 + 64 * vectors(m.depth)); }

  static constexpr void lay_out(const nn::Int8Rows& m, std::int8_t* to) {
    for (std::int32_t o = 0; o < m.outputs; o += 4) {
      to = words(to, [&](std::int32_t r) { return o + r < m.outputs ? m.bias[o + r] : 0; });
      for (std::int32_t i = 0; i < m.depth; i += 16)
        for (std::int32_t r = 0; r < 4; ++r)
          for (std::int32_t k = 0; k < 16; ++k) *to++ = o + r < m.outputs && i + k < m.depth ? m.weight[(o + r) * m.depth + i + k] : std::int8_t{0};
      to = scales(to, [&](std::int32_t r) { return o + r < m.outputs ? m.scale[(o + r) * m.scale_step] : nn::int8::Scale{0, -1}; });
    }
  }

  // Multipliers and shifts of four outputs.
  static constexpr std::int8_t* scales(std::int8_t* to, auto scale) {
    to = words(to, [&](std::int32_t r) { return scale(r).multiplier; });
    return words(to, [&](std::int32_t r) { return scale(r).shift; });
  }
  // Four words, little-endian.
  static constexpr std::int8_t* words(std::int8_t* to, auto number) {
    for (std::int32_t r = 0; r < 4; ++r)
      for (int byte = 0; byte < 4; ++byte) *to++ = static_cast<std::int8_t>(static_cast<std::uint32_t>(number(r)) >> 8 * byte);
    return to;
  }
};

}  // namespace target
