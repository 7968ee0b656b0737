// Int8SumKernels: products of codes that stay sums of 32 bits, for layers that add several of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/int8/requantize.hpp"

namespace nn {

// A matrix of weights whose sums stay sums: b + W·x, which wrap.
struct Int8Matrix {
  const std::int8_t* weight;
  const std::int32_t* bias;
  std::int32_t depth;
  std::int32_t outputs;
};

// Two sums of one number, each by a scale of its own; simple: Int8Rows, of both.
struct Int8TwoSums {
  const std::int32_t* a;
  const std::int32_t* b;
  int8::Scale a_scale;
  int8::Scale b_scale;
  bool simple;
};

struct Int8SumKernels {
  // What a core wants of `count` codes whose products with several matrices are summed: so many bytes, filled once.
  static constexpr std::int32_t int8_wide_bytes(std::int32_t) { return 0; }
  static constexpr void int8_widen(const std::int8_t*, std::int32_t, std::byte*) {}
  // sum = b + W·x, row by row; `wide`: as above.
  [[gnu::noinline]] static constexpr void int8_sums(const Int8Matrix& m, const std::int8_t* x, const std::byte*,
                                                    std::int32_t* sum) {
    for (std::int32_t o = 0; o < m.outputs; ++o) {
      std::uint32_t all = static_cast<std::uint32_t>(m.bias[o]);
      const std::int8_t* w = m.weight + o * m.depth;
      for (const std::int8_t *from = x, *const end = x + m.depth; from != end;) all += static_cast<std::uint32_t>(*w++ * *from++);
      sum[o] = static_cast<std::int32_t>(all);
    }
  }

  // As a signed number of so many bits.
  template <int Bits>
  static constexpr std::int32_t int8_within(std::int32_t x) { return int8::clamp(x, -(1 << (Bits - 1)), (1 << (Bits - 1)) - 1); }
  // store(i, a and b, scaled, each within 16 bits, and so their sum).
  static constexpr void int8_add_scaled(const Int8TwoSums& m, std::int32_t count, auto store) {
    for (std::int32_t i = 0; i < count; ++i)
      store(i, int8_within<16>(int8_within<16>(int8::requantize(m.a[i], m.a_scale)) +
                               int8_within<16>(int8::requantize(m.b[i], m.b_scale))));
  }

  // Of numbers below 2^30.
  static constexpr std::int32_t int8_scaled(std::int32_t x, int8::Scale scale) { return int8::requantize(x, scale); }
};

}  // namespace nn
