// Rows of quantized layers laid out four at a time, code by code in turn, so that one pointer walks along them. Groups of four
// rows, one behind the other; those that are missing have biases of 0:
//
//   bias [4]   weight [depth][4]   Int8Outlet [4]
//
// Where all rows share one scale, the outlet stands once, at the end.
#pragma once

#include <cstdint>

#include "../armv7em/int8_outlet.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8FourRows {
  static constexpr bool one_outlet(const nn::Int8Rows& m) { return m.scale_step == 0; }
  static constexpr std::int32_t all_groups(const nn::Int8Rows& m) {
    return (m.outputs + 3) / 4 * (16 + 4 * m.depth + (one_outlet(m) ? 0 : 48));
  }
  static constexpr std::int32_t bytes(const nn::Int8Rows& m) { return (all_groups(m) + (one_outlet(m) ? 12 : 0) + 15) & ~15; }
  static constexpr bool fits(const nn::Int8Rows& m) {
    if (!m.simple) return false;
    for (std::int32_t o = 0; o < (m.scale_step == 0 ? 1 : m.outputs); ++o)
      if (!Int8Outlet::fits(m.scale[o])) return false;
    return true;
  }

  // `more` is added to each weight.
  static constexpr void lay_out(const nn::Int8Rows& m, std::int8_t* to, std::int32_t more = 0) {
    for (std::int32_t first = 0; first < m.outputs; first += 4)
      to = lay_out_four(m, first, !one_outlet(m), to, [&m, more](std::int32_t row, std::int32_t i) {
        return static_cast<std::int8_t>(m.weight[row * m.depth + i] + more);
      });
    if (one_outlet(m)) outlet(m, 0, to);
  }
  // A group whose weights are weight(row, i); returns the next.
  static constexpr std::int8_t* lay_out_four(const nn::Int8Rows& m, std::int32_t first, bool outlets, std::int8_t* to,
                                             auto weight) {
    for (std::int32_t o = first; o < first + 4; ++o) to = word(to, o < m.outputs ? m.bias[o] : 0);
    for (std::int32_t i = 0; i < m.depth; ++i)
      for (std::int32_t o = first; o < first + 4; ++o) *to++ = o < m.outputs ? weight(o, i) : std::int8_t{0};
    for (std::int32_t o = first; o < first + 4 && outlets; ++o) to = outlet(m, o, to);
    return to;
  }

  // Of the rows of a group, which stand at its end; or the one of all.
  struct Outlets {
    const Int8Outlet* at;
    std::int32_t step;

    Outlets(const nn::Int8Rows& m, const std::int8_t* group_end)
        : at{reinterpret_cast<const Int8Outlet*>(one_outlet(m) ? m.laid_out + all_groups(m) : group_end)},
          step{one_outlet(m) ? 0 : 1} {}
    const Int8Outlet& operator*() const { return *at; }
    void next() { at += step; }
    const std::int8_t* next_group(const std::int8_t* end) const {
      return step == 0 ? end : reinterpret_cast<const std::int8_t*>(at);
    }
  };

 private:
  static constexpr std::int8_t* word(std::int8_t* to, std::int32_t x) {
    for (int shift = 0; shift < 32; shift += 8) *to++ = static_cast<std::int8_t>(x >> shift);
    return to;
  }
  static constexpr std::int8_t* outlet(const nn::Int8Rows& m, std::int32_t row, std::int8_t* to) {
    const Int8Outlet made = Int8Outlet::of(row < m.outputs ? m.scale[row * m.scale_step] : nn::int8::Scale{0, -1}, m.range);
    return word(word(word(to, made.multiplier), made.half_and_zero), made.by);
  }
};

}  // namespace target
