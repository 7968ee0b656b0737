// Kernels for the single-precision FPU of Cortex-M4F, M7, M33 and M55: 32 registers of 32 bits, one multiplication or addition a
// cycle, no fused operations (they would change the bits; FusedFloat has them, in fused_kernels.hpp). What is not float is in
// dsp_kernels.hpp.
#pragma once

#include <type_traits>

#include "../armv7m/integer_root.hpp"
#include "dsp_kernels.hpp"
#include "float32_output.hpp"
#include "float_kernels.hpp"
#include "fused_kernels.hpp"
#include "move_long_blocks.hpp"

namespace target {

struct FpuKernels : FloatKernels<false, DspKernels> {
  static constexpr bool has_fpu = true;
  using Fused = FusedKernels;
  using DspKernels::int8_depthwise;
  using DspKernels::int8_two_windows;
  using DspKernels::int8_window;
  using DspKernels::transposed_product;

  // The sums of a few columns stay in registers while g walks down the rows.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const nn::Matrix<float, Outputs, Inputs>& weight, std::span<const float, Outputs> g,
                                           Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    float sum[Inputs];
    add_columns(weight[0].data(), g.data(), sum, Outputs, Inputs);
    for (std::size_t i = 0; i < Inputs; ++i) store(i, sum[i]);
  }

  // Those of Float32 rounding, on the FPU.
  static constexpr void int8_window(const nn::Int8RowsOf<nn::int8::Float32>& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_window(m, x, y);
    if constexpr (thirteen_registers)
      if (m.outputs >= 4) return Int8Dsp::window<Float32Output>(m, x, y);
    Portable::int8_window<Float32Output>(m, x, y);
  }
  static constexpr void int8_two_windows(const nn::Int8RowsOf<nn::int8::Float32>& m, const std::int8_t* x, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_two_windows(m, x, y);
    if constexpr (thirteen_registers)
      if (m.outputs >= 2) return Int8Dsp::two_windows<Float32Output>(m, x, y);
    Portable::int8_two_windows<Float32Output>(m, x, y);
  }
  static constexpr void int8_depthwise(const nn::Int8DepthwiseOf<nn::int8::Float32>& m, nn::Int8Window window, std::int8_t* y) {
    if (std::is_constant_evaluated()) return Portable::int8_depthwise(m, window, y);
    if constexpr (thirteen_registers)
      if (m.multiplier == 1 && m.channels % 4 == 0) return Int8Dsp::four_channels<Float32Output>(m, window, y);
    Portable::int8_depthwise<Float32Output>(m, window, y);
  }

  static void move_blocks(std::byte* to, const std::byte* from, std::int32_t bytes, bool up) {
    up ? move_long_blocks<true>(to, from, bytes) : move_long_blocks<false>(to, from, bytes);
  }

  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (std::is_constant_evaluated()) return Portable::integer_root(x);
    return target::integer_root(x, [](std::uint32_t y) {
      // In float the root is at most 1 above; it is at most 65536.
      const auto root = static_cast<std::uint32_t>(sqrt(static_cast<float>(y)));
      return root > 0xffff || root * root > y ? root - 1 : root;
    });
  }

 private:
  // Four columns at a time, then the rest one by one.
  [[gnu::noinline]] static void add_columns(const float* w, const float* g, float* sum, std::size_t out, std::size_t in) {
    std::size_t i = 0;
    for (; i + 4 <= in; i += 4) {
      const float* row = w + i;
      float s[4];
#pragma GCC unroll 4
      for (std::size_t k = 0; k < 4; ++k) s[k] = g[0] * row[k];
      for (std::size_t o = 1; o < out; ++o) {
        row += in;
#pragma GCC unroll 4
        for (std::size_t k = 0; k < 4; ++k) s[k] += g[o] * row[k];
      }
#pragma GCC unroll 4
      for (std::size_t k = 0; k < 4; ++k) sum[i + k] = s[k];
    }
    for (; i < in; ++i) {
      float s = g[0] * w[i];
      for (std::size_t o = 1; o < out; ++o) s += g[o] * w[o * in + i];
      sum[i] = s;
    }
  }
};

}  // namespace target
