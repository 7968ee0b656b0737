// Codes of quantized layers one by one on Cortex-M3: Add, and the largest of a window. SMLAL rounds while it multiplies.
// Armv7-M ARM (DDI 0403), sections A7.7.136 (SMLAL), A7.7.152 (SSAT).
#pragma once

#include <cstdint>
#include <cstring>

#include "../armv7em/int8_outlet.hpp"
#include "int8_output.hpp"
#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Elements {
  // The larger of two inputs has the scale 1/2, which is as exact with one bit more.
  static bool is_half(const nn::int8::Scale& scale) { return scale.multiplier == 1 << 30 && scale.shift == 0; }
  static bool is_term(const nn::int8::Scale& scale) { return is_half(scale) || Int8Outlet::fits(scale); }
  static bool possible(const nn::Int8Sum& m) { return is_term(m.a_scale) && is_term(m.b_scale) && Int8Outlet::fits(m.scale); }

  // x·scale for x = half of `twice`, as nn::int8::requantize has it.
  static std::int32_t scaled(std::int32_t twice, std::int32_t multiplier, std::int32_t half, std::int32_t by) {
    const std::int64_t start = std::int64_t{half + (twice >> 31)} * (std::int64_t{1} << 32) + 0x80000000;
    return static_cast<std::int32_t>((start + std::int64_t{twice} * multiplier) >> 32) >> by;
  }

  static std::int8_t saturated(std::int32_t x) {
    asm("ssat %0, #8, %0" : "+r"(x)::"cc");
    return static_cast<std::int8_t>(x);
  }

  // y = a ± b, of scales that are possible.
  template <int MoreBits>
  [[gnu::noinline]] static void add_codes(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    constexpr std::int32_t unit = 2 << MoreBits;
    const auto outlet = [](const nn::int8::Scale& scale) {
      return Int8Outlet::of(is_half(scale) ? nn::int8::Scale{0x7fffffff, -1} : scale, {});
    };
    const Int8Outlet first = outlet(m.a_scale), second = outlet(m.b_scale), output = Int8Outlet::of(m.scale, m.range);
    std::int32_t a_zero = m.a_zero * unit, b_zero = m.b_zero * unit;
    asm("" : "+r"(a_zero), "+r"(b_zero));  // else g++ would subtract before it shifts, and take two instructions more
    const std::int32_t a_step = m.a_step, b_step = m.b_step, twice_sign = 2 * m.sign;
    for (const std::int8_t* const end = y + m.count; y != end; a += a_step, b += b_step) {
      const std::int32_t left = scaled(*a * unit - a_zero, first.multiplier, first.half_and_zero, first.by);
      const std::int32_t right = scaled(*b * unit - b_zero, second.multiplier, second.half_and_zero, second.by);
      *y++ = saturated(scaled(2 * left + twice_sign * right, output.multiplier, output.half_and_zero, output.by));
    }
    clamp(y - m.count, m.count, m.range);
  }

  // The same from tables, of an output's scale that fits.
  [[gnu::noinline]] static void add_terms(const nn::Int8TermSum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    const Int8Outlet output = Int8Outlet::of(m.scale, m.range);
    const std::int32_t *const a_terms = m.a_terms, *const b_terms = m.b_terms, a_step = m.a_step, b_step = m.b_step;
    for (const std::int8_t* const end = y + m.count; y != end; a += a_step, b += b_step) {
      const std::int32_t twice = a_terms[static_cast<std::uint8_t>(*a)] + b_terms[static_cast<std::uint8_t>(*b)];
      *y++ = saturated(scaled(twice, output.multiplier, output.half_and_zero, output.by));
    }
    clamp(y - m.count, m.count, m.range);
  }

  // The largest codes of a window, eight channels at a time, at least `least` and at most `most`; four of them twice, if no more
  // are left.
  [[gnu::noinline]] static void largest(const nn::Int8Pool<std::int8_t>& all, std::int8_t least, std::int8_t most,
                                        std::int8_t* y) {
    const nn::Int8Pool<std::int8_t> window = all;
    const std::int32_t to_next_row = window.row_step - window.columns * window.column_step;
    const std::int8_t* channel = window.x;
    for (std::int32_t left = window.channels; left > 0; left -= 8, channel += 8, y += 8) {
      const std::int32_t second = left > 4 ? 4 : 0;
      const std::int8_t* x = channel;
      std::uint32_t found = word_at(x), next = word_at(x + second);
      for (std::int32_t k = window.rows, l = window.columns;;) {
        x += window.column_step;
        if (--l == 0) {
          if (--k == 0) break;
          l = window.columns;
          x += to_next_row;
        }
        found = larger(word_at(x), found);
        next = larger(word_at(x + second), next);
      }
      if (least > -128 || most < 127) found = within(found, least, most), next = within(next, least, most);
      std::memcpy(y + second, &next, 4);
      std::memcpy(y, &found, 4);
    }
  }

 private:
  // Of four codes each: the top bits tell where a is not below b. Their lower seven bits are compared by a subtraction that
  // borrows from no neighbour; where the signs differ, the one without wins.
  static std::uint32_t larger(std::uint32_t a, std::uint32_t b) {
    constexpr std::uint32_t top = 0x80808080;
    const std::uint32_t lower = (a | top) - (b & ~top), differ = a ^ b;
    const std::uint32_t from_a = ((lower & ~differ) | (b & ~a)) & top;
    return b ^ (differ & ((from_a << 1) - (from_a >> 7)));
  }
  static std::uint32_t within(std::uint32_t codes, std::int8_t least, std::int8_t most) {
    const auto fours = [](std::int8_t code) { return 0x01010101u * static_cast<std::uint8_t>(code); };
    return ~larger(~larger(codes, fours(least)), ~fours(most));
  }
  static std::uint32_t word_at(const std::int8_t* x) {
    std::uint32_t word;
    std::memcpy(&word, x, 4);
    return word;
  }
};

}  // namespace target
