// Int8AddKernels: rows of sums of two tensors, of codes of 8 or 16 bits.
#pragma once

#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn {

// Rows of Add (nn/int8/add.hpp): a and b step along them by a_step and b_step.
struct Int8Sum {
  std::int32_t a_zero;
  std::int32_t b_zero;
  int8::Scale a_scale;
  int8::Scale b_scale;
  int8::Scale scale;
  int8::Range range;
  std::int32_t sign;
  std::int32_t count;
  std::int32_t a_step;
  std::int32_t b_step;
};

// Rows of AddByTables (nn/int8/add_by_tables.hpp), of tables of 256.
struct Int8TermSum {
  const std::int32_t* a_terms;
  const std::int32_t* b_terms;
  int8::Scale scale;
  int8::Range range;
  std::int32_t count;
  std::int32_t a_step;
  std::int32_t b_step;
};

struct Int8AddKernels {
  // y = a ± b, brought to a common scale with so many more bits.
  template <int MoreBits, class Code>
  static constexpr void add_codes(const Int8Sum& m, const Code* a, const Code* b, Code* y, auto requantize) {
    const Int8Sum s = m;
    for (std::int32_t left = s.count; left > 0; --left, a += s.a_step, b += s.b_step) {
      const std::int32_t first = requantize((*a - s.a_zero) * (1 << MoreBits), s.a_scale);
      const std::int32_t second = requantize((*b - s.b_zero) * (1 << MoreBits), s.b_scale);
      *y++ = int8::code<Code>(requantize(first + s.sign * second, s.scale), s.range);
    }
  }
  template <int MoreBits, class Code>
  static constexpr void add_codes(const Int8Sum& m, const Code* a, const Code* b, Code* y) {
    add_codes<MoreBits>(m, a, b, y, [](std::int32_t x, int8::Scale scale) { return int8::requantize(x, scale); });
  }

  // The same from tables, for Adds that ask for them, unless the core is faster without.
  static constexpr bool adds_by_tables = true;
  static constexpr void add_terms(const Int8TermSum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    const Int8TermSum s = m;
    for (std::int32_t left = s.count; left > 0; --left, a += s.a_step, b += s.b_step) {
      const std::int32_t twice = s.a_terms[static_cast<std::uint8_t>(*a)] + s.b_terms[static_cast<std::uint8_t>(*b)];
      *y++ = int8::code(int8::requantize(twice / 2, s.scale), s.range);
    }
  }

  // A row of AddHalfUp.
  static constexpr void add_half_up(const auto& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
    const auto by = m;
    for (std::int32_t left = by.shape.extent[4]; left > 0; --left, a += by.shape.a_step[4], b += by.shape.b_step[4]) {
      const std::int32_t sum = by.bias + *a * by.a_multiplier + *b * by.b_multiplier;
      *y++ = static_cast<std::int8_t>(int8::clamp((sum >> by.shift) + by.range.zero, by.range.least, by.range.most));
    }
  }
};

}  // namespace nn
