// The kernels of nn::FusedFloat on the FPU of Cortex-M4F, M7, M33 and M55.
#pragma once

#include <type_traits>

#include "float_kernels.hpp"
#include "nn/fused_kernels.hpp"
#include "small_floats.hpp"

namespace target {

// sum[0] to sum[7] become Σ_o g[o]·w[o·stride + i], of at least one row.
[[gnu::noinline]] inline void fused_columns(const float* w, std::size_t stride, const float* g, float* sum, std::size_t rows) {
  const float* const end = g + rows;
  // s0-s7: weights   s8: g   s16-s23: sums
  asm volatile(
      "vldmia %[g]!, {s8}\n"
      "vldmia %[w], {s0-s7}\n"
      "vmul.f32 s16, s8, s0; vmul.f32 s17, s8, s1; vmul.f32 s18, s8, s2; vmul.f32 s19, s8, s3\n"
      "vmul.f32 s20, s8, s4; vmul.f32 s21, s8, s5; vmul.f32 s22, s8, s6; vmul.f32 s23, s8, s7\n"
      "b 2f\n"
      "1:\n"
      "vldmia %[g]!, {s8}\n"
      "vldmia %[w], {s0-s7}\n"
      "vfma.f32 s16, s8, s0; vfma.f32 s17, s8, s1; vfma.f32 s18, s8, s2; vfma.f32 s19, s8, s3\n"
      "vfma.f32 s20, s8, s4; vfma.f32 s21, s8, s5; vfma.f32 s22, s8, s6; vfma.f32 s23, s8, s7\n"
      "2:\n"
      "add %[w], %[w], %[stride], lsl #2\n"
      "cmp %[g], %[end]\n"
      "bne 1b\n"
      "vstmia %[sum], {s16-s23}"
      : [w] "+&r"(w), [g] "+&r"(g)
      : [stride] "r"(stride), [end] "r"(end), [sum] "r"(sum)
      : "cc", "memory", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s16", "s17", "s18", "s19", "s20", "s21", "s22",
        "s23");
}

struct FusedKernels : FloatKernels<true, nn::FusedKernels> {
  using Fused = FusedKernels;

  // The sums of eight columns stay in registers while g walks down the rows.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const nn::Matrix<float, Outputs, Inputs>& weight, std::span<const float, Outputs> g,
                                           Store store) {
    if (std::is_constant_evaluated()) return nn::FusedKernels::transposed_product(weight, g, store);
    constexpr std::size_t whole = Inputs - Inputs % 8;
    for (std::size_t i = 0; i < whole; i += 8) {
      float sum[8];
      fused_columns(weight[0].data() + i, Inputs, g.data(), sum, Outputs);
      for (std::size_t k = 0; k < 8; ++k) store(i + k, sum[k]);
    }
    for (std::size_t i = whole; i < Inputs; ++i) store(i, column(weight[0].data() + i, Inputs, g.data(), Outputs));
  }

  static constexpr bool all_small(const float* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Portable::all_small(x, count);
    return target::all_small(x, count);
  }

 private:
  [[gnu::noinline]] static float column(const float* w, std::size_t stride, const float* g, std::size_t rows) {
    float sum = g[0] * w[0];
    for (std::size_t o = 1; o < rows; ++o) sum = nn::fused(g[o], w[o * stride], sum);
    return sum;
  }
};

}  // namespace target
