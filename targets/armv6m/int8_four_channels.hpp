// Depthwise convolutions of one output a channel, laid out four channels at a time, as rows are. Groups of four channels, one
// behind the other; the last of another number of channels begins four before their end:
//
//   bias [4]   weight [taps][4]   Int8Outlet [4]
#pragma once

#include <cstdint>

#include "int8_four_rows.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8FourChannels {
  static constexpr std::int32_t taps(const nn::Int8Depthwise& m) { return m.rows * m.columns; }
  static constexpr std::int32_t bytes(const nn::Int8Depthwise& m) {
    return ((m.channels + 3) / 4 * (16 + 4 * taps(m) + 48) + 15) & ~15;
  }
  static constexpr bool fits(const nn::Int8Depthwise& m) {
    return m.multiplier == 1 && m.channels >= 4 && Int8FourRows::fits(rows(m, 0, m.channels));
  }

  // Of channels, as rows of which four are laid out.
  static constexpr nn::Int8Rows rows(const nn::Int8Depthwise& m, std::int32_t first, std::int32_t count) {
    return {nullptr, m.bias + first, m.scale + first * m.scale_step, m.scale_step, taps(m), count, m.range, m.simple};
  }
  static constexpr void lay_out(const nn::Int8Depthwise& m, std::int8_t* to) {
    for (std::int32_t at = 0; at < m.channels; at += 4) {
      const std::int32_t first = at + 4 > m.channels ? m.channels - 4 : at;
      const auto weight = [&](std::int32_t c, std::int32_t tap) { return m.weight[tap * m.channels + first + c]; };
      to = Int8FourRows::lay_out_four(rows(m, first, 4), 0, true, to, weight);
    }
  }
};

}  // namespace target
