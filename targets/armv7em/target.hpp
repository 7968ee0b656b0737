// Kernels for Cortex-M4F and M7 with single-precision FPU: 32 registers of 32 bits, one multiplication or addition a
// cycle, no fused operations (they would change the bits). The loops take their lengths at run time, so that all layers of
// an image share one copy of each.
#pragma once

#include <type_traits>

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
    const float* w = W[0].data();
    for (std::size_t o = 0; o < Out - Out % 2; o += 2, w += 2 * In) {
      const Pair sum = dot_two_rows(w, x.data(), In);
      store(o, sum.first + b[o]);
      store(o + 1, sum.second + b[o + 1]);
    }
    // The last of an odd number is its own neighbour.
    if constexpr (Out % 2 != 0) store(Out - 1, dot_two_rows(w - In, x.data(), In).second + b[Out - 1]);
  }

  // The sums of a few columns stay in registers while g walks down the rows.
  template <std::size_t Out, std::size_t In>
  static constexpr void transposed_product(const nn::Matrix<float, Out, In>& W, std::span<const float, Out> g, std::span<float, In> dx) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(W, g, dx);
    add_columns(W[0].data(), g.data(), dx.data(), Out, In);
  }

  // Four rows at a time: each input is loaded once for four weights.
  template <std::size_t Out, std::size_t In>
  static constexpr void add_outer_product(nn::Matrix<float, Out, In>& W, float factor, std::span<const float, Out> g,
                                          std::span<const float, In> x) {
    if (std::is_constant_evaluated()) return Portable::add_outer_product(W, factor, g, x);
    float* w = W[0].data();
    for (std::size_t o = 0; o < Out - Out % 4; o += 4, w += 4 * In) add_four_rows(w, factor, g.data() + o, x.data(), In);
    for (std::size_t o = Out - Out % 4; o < Out; ++o, w += In) add_row(w, factor * g[o], x.data(), In);
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    float root;
    asm("vsqrt.f32 %0, %1" : "=t"(root) : "t"(x));
    return root;
  }

 private:
  struct Pair {
    float first;
    float second;
  };

  // w·x for the row at w and the one behind it. count >= lanes.
  [[gnu::noinline]] static Pair dot_two_rows(const float* first, const float* x, std::size_t count) {
    const float* second = first + count;
    float a[lanes];
    float b[lanes];
#pragma GCC unroll 8
    for (std::size_t l = 0; l < lanes; ++l) {
      a[l] = first[l] * x[l];
      b[l] = second[l] * x[l];
    }
    for (count -= lanes; count >= lanes; count -= lanes) {
      first += lanes;
      second += lanes;
      x += lanes;
#pragma GCC unroll 8
      for (std::size_t l = 0; l < lanes; ++l) {
        a[l] += first[l] * x[l];
        b[l] += second[l] * x[l];
      }
    }
#pragma GCC unroll 7
    for (std::size_t l = 0; l < lanes - 1; ++l) {
      if (l == count) break;
      a[l] += first[lanes + l] * x[lanes + l];
      b[l] += second[lanes + l] * x[lanes + l];
    }
    return {add_lanes(a), add_lanes(b)};
  }

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

  [[gnu::noinline]] static void add_four_rows(float* w, float factor, const float* g, const float* x, std::size_t count) {
    float scaled[4];
#pragma GCC unroll 4
    for (std::size_t r = 0; r < 4; ++r) scaled[r] = factor * g[r];
    float* row[4] = {w, w + count, w + 2 * count, w + 3 * count};
    for (; count >= 4; count -= 4) {
#pragma GCC unroll 4
      for (std::size_t r = 0; r < 4; ++r) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) row[r][i] += scaled[r] * x[i];
        row[r] += 4;
      }
      x += 4;
    }
    for (; count > 0; --count, ++x)
#pragma GCC unroll 4
      for (std::size_t r = 0; r < 4; ++r) *row[r]++ += scaled[r] * *x;
  }

  [[gnu::noinline]] static void add_row(float* w, float scaled, const float* x, std::size_t count) {
    for (; count > 0; --count) *w++ += scaled * *x++;
  }
};

}  // namespace target
