// Kernels for the single-precision FPU of Cortex-M4F, M7, M33 and M55: 32 registers of 32 bits, one multiplication or addition a
// cycle, no fused operations (they would change the bits; FusedFloat has them, in fused_kernels.hpp). What is not float is in
// dsp_kernels.hpp.
#pragma once

#include <type_traits>

#include "../armv7m/integer_root.hpp"
#include "backward_rows.hpp"
#include "dsp_kernels.hpp"
#include "float32_output.hpp"
#include "fused_kernels.hpp"
#include "rows.hpp"
#include "square_root.hpp"
#include "tap_rows.hpp"

namespace target {

struct FpuKernels : DspKernels {
  static constexpr bool has_fpu = true;
  using Fused = FusedKernels;
  using DspKernels::add_position_rows;
  using DspKernels::add_row_products;
  using DspKernels::affine;
  using DspKernels::int8_depthwise;
  using DspKernels::int8_two_windows;
  using DspKernels::int8_window;
  using DspKernels::transposed_product;

  // Two outputs at a time: each input is loaded once for both, and 2 x 8 lanes stay in registers.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
  requires(Inputs >= nn::Portable::lanes) static constexpr void affine(const nn::Matrix<float, Outputs, Inputs>& weight,
                                                                       const std::array<float, Outputs>& b,
                                                                       std::span<const float, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    float sum[Outputs + 1];
    const float* const last = weight[Outputs - 1].data();  // of an odd number of rows: its own neighbour
    if constexpr (Inputs % lanes == 0) {
      dot_pairs(weight[0].data(), Inputs, x.data(), Inputs, Outputs / 2, sum);
      if constexpr (Outputs % 2 != 0) dot_pairs(last, 0, x.data(), Inputs, 1, sum + Outputs - 1);
    } else {
      for (std::size_t o = 0; o < Outputs - Outputs % 2; o += 2)
        dot_two_rows(weight[o].data(), Inputs, x.data(), Inputs, sum + o);
      if constexpr (Outputs % 2 != 0) dot_two_rows(last, 0, x.data(), Inputs, sum + Outputs - 1);
    }
    for (std::size_t o = 0; o < Outputs; ++o) store(o, sum[o] + b[o]);
  }

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

  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (std::is_constant_evaluated()) return Portable::integer_root(x);
    return target::integer_root(x, [](std::uint32_t y) {
      // In float the root is at most 1 above; it is at most 65536.
      const auto root = static_cast<std::uint32_t>(sqrt(static_cast<float>(y)));
      return root > 0xffff || root * root > y ? root - 1 : root;
    });
  }
  // Four rows at a time: each input is loaded once for four weights.
  template <std::size_t Outputs, std::size_t Inputs>
  static constexpr void add_outer_product(nn::Matrix<float, Outputs, Inputs>& weight, float factor,
                                          std::span<const float, Outputs> g, std::span<const float, Inputs> x) {
    if (std::is_constant_evaluated()) return Portable::add_outer_product(weight, factor, g, x);
    constexpr std::size_t whole = Inputs - Inputs % lanes;
    for (std::size_t o = 0; o < Outputs - Outputs % 4; o += 4) {
      const float scaled[4]{factor * g[o], factor * g[o + 1], factor * g[o + 2], factor * g[o + 3]};
      if constexpr (whole > 0) add_to_four_rows(weight[o].data(), Inputs, scaled, x.data(), whole);
      if constexpr (whole < Inputs)
        for (std::size_t r = 0; r < 4; ++r) add_scaled(weight[o + r].data() + whole, scaled[r], x.data() + whole, Inputs - whole);
    }
    for (std::size_t o = Outputs - Outputs % 4; o < Outputs; ++o) add_scaled(weight[o].data(), factor * g[o], x.data(), Inputs);
  }

  static constexpr void add_scaled(float* w, float scaled, const float* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Portable::add_scaled(w, scaled, x, count);
    add_to_row(w, scaled, x, count);
  }

  static constexpr void add_taps(float* sum, const float* w, const float* x, std::size_t count, std::size_t taps) {
    if (std::is_constant_evaluated()) return Portable::add_taps(sum, w, x, count, taps);
    target::add_taps<false>(sum, w, x, count, taps);
  }

  // Backward passes of convolutions.
  template <std::size_t Usual, std::size_t Parts, class Arithmetic, std::size_t Terms>
  static constexpr void add_position_rows(nn::Sum<Arithmetic, float, float, Terms>* sum, std::size_t columns, const float* g,
                                          const float* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Portable::add_position_rows<Usual, Parts>(sum, columns, g, rows, walk);
    target::add_position_rows<Usual, Parts, false>(&sum->raw, columns, g, rows, walk);
  }
  template <class Arithmetic, std::size_t Terms>
  static constexpr void add_row_products(nn::Sum<Arithmetic, float, float, Terms>* sum, std::size_t columns, const float* g,
                                         const float* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Portable::add_row_products(sum, columns, g, rows, walk);
    const std::size_t whole = columns & ~std::size_t{7};
    if (whole > 0) add_products_of_eights<false>(&sum->raw, whole / 8, g, rows, walk);
    if (whole < columns) Portable::add_row_products(sum + whole, columns - whole, g + whole, rows + whole, walk);
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Portable::sqrt(x);
    return square_root(x);
  }

 private:
  // w·x for the row at `first` and the one `stride` behind it. count >= lanes.
  [[gnu::noinline]] static void dot_two_rows(const float* first, std::size_t stride, const float* x, std::size_t count,
                                             float* sum) {
    const float* second = first + stride;
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
    sum[0] = add_lanes(a);
    sum[1] = add_lanes(b);
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
};

}  // namespace target
