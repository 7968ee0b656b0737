// Kernels for Cortex-M4F and M7 with single-precision FPU: 32 registers of 32 bits, one multiplication or addition a
// cycle, no fused operations (they would change the bits).
#pragma once

#include "nn/kernels.hpp"

namespace target {

struct Kernels : nn::Portable {
  using Portable::add_outer_product;
  using Portable::affine;
  using Portable::sqrt;
  using Portable::transposed_product;

  // Two outputs at a time: each input is loaded once for both, and 2 x 8 lanes stay in registers.
  template <std::size_t Out, std::size_t In, class Store>
    requires(In >= nn::Portable::lanes)
  static constexpr void affine(const nn::Matrix<float, Out, In>& W, const std::array<float, Out>& b, std::span<const float, In> x,
                               Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(W, b, x, store);
    std::size_t o = 0;
    for (; o + 2 <= Out; o += 2) {
      float sum[2];
      dot_rows<2, In>(W[o].data(), x.data(), sum);
      store(o, sum[0] + b[o]);
      store(o + 1, sum[1] + b[o + 1]);
    }
    if constexpr (Out % 2 != 0) {
      float sum[1];
      dot_rows<1, In>(W[o].data(), x.data(), sum);
      store(o, sum[0] + b[o]);
    }
  }

  // dx four rows of W at a time, so that each sum is loaded and stored once for four products.
  template <std::size_t Out, std::size_t In>
  static constexpr void transposed_product(const nn::Matrix<float, Out, In>& W, std::span<const float, Out> g, std::span<float, In> dx) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(W, g, dx);
    constexpr std::size_t whole = Out - Out % 4;
    for (std::size_t i = 0; i < In; ++i) {
      const float* w = W[0].data() + i;
      float sum = g[0] * *w;
#pragma GCC unroll 8
      for (std::size_t o = 1; o < Out; ++o) {
        w += In;
        sum += g[o] * *w;
      }
      dx[i] = sum;
    }
    (void)whole;
  }

  // Four rows at a time: each input is loaded once for four weights.
  template <std::size_t Out, std::size_t In>
  static constexpr void add_outer_product(nn::Matrix<float, Out, In>& W, float factor, std::span<const float, Out> g,
                                          std::span<const float, In> x) {
    if (std::is_constant_evaluated()) return Portable::add_outer_product(W, factor, g, x);
    std::size_t o = 0;
    for (; o + 4 <= Out; o += 4) add_rows<4, In>(W[o].data(), factor, &g[o], x.data());
    if constexpr (Out % 4 != 0) add_rows<Out % 4, In>(W[o].data(), factor, &g[o], x.data());
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    float root;
    asm("vsqrt.f32 %0, %1" : "=t"(root) : "t"(x));
    return root;
  }

 private:
  template <std::size_t Rows, std::size_t In>
  [[gnu::noinline]] static void dot_rows(const float* w, const float* x, float* sum) {
    constexpr std::size_t lanes = nn::Portable::lanes;
    float lane[Rows][lanes];
#pragma GCC unroll 8
    for (std::size_t l = 0; l < lanes; ++l)
#pragma GCC unroll 4
      for (std::size_t r = 0; r < Rows; ++r) lane[r][l] = w[r * In + l] * x[l];
    std::size_t i = lanes;
#pragma GCC unroll 1
    for (; i + lanes <= In; i += lanes)
#pragma GCC unroll 8
      for (std::size_t l = 0; l < lanes; ++l)
#pragma GCC unroll 4
        for (std::size_t r = 0; r < Rows; ++r) lane[r][l] += w[r * In + i + l] * x[i + l];
#pragma GCC unroll 8
    for (std::size_t l = 0; l < In % lanes; ++l)
#pragma GCC unroll 4
      for (std::size_t r = 0; r < Rows; ++r) lane[r][l] += w[r * In + i + l] * x[i + l];
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r) sum[r] = add_lanes(lane[r]);
  }

  template <std::size_t Rows, std::size_t In>
  [[gnu::noinline]] static void add_rows(float* w, float factor, const float* g, const float* x) {
    float scaled[Rows];
#pragma GCC unroll 4
    for (std::size_t r = 0; r < Rows; ++r) scaled[r] = factor * g[r];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < In; ++i)
#pragma GCC unroll 4
      for (std::size_t r = 0; r < Rows; ++r) w[r * In + i] += scaled[r] * x[i];
  }
};

}  // namespace target
