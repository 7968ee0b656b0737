// FloatKernels<Fused, Base>: the kernels of float on the FPU of Cortex-M4F, M7, M33 and M55, or those of nn::FusedFloat, which
// add and multiply at once. Base has all others, and each for the compiler to run.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "backward_rows.hpp"
#include "float_rows.hpp"
#include "nn/kernels.hpp"
#include "square_root.hpp"
#include "tap_rows.hpp"

namespace target {

template <bool Fused, class Base>
struct FloatKernels : Base {
  using Base::add_position_rows;
  using Base::add_row_products;
  using Base::affine;
  using Base::lanes;

  // Two outputs at a time: each input is loaded once for both, and 2 x 8 lanes stay in registers.
  template <std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= nn::Portable::lanes)
  static constexpr void affine(const nn::Matrix<float, Outputs, Inputs>& weight, const std::array<float, Outputs>& b,
                               std::span<const float, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Base::affine(weight, b, x, store);
    float sum[Outputs + 1];
    const float* const last = weight[Outputs - 1].data();  // of an odd number of rows: its own neighbour
    if constexpr (Inputs % lanes == 0) {
      dot_pairs<Fused>(weight[0].data(), Inputs, x.data(), Inputs, Outputs / 2, sum);
      if constexpr (Outputs % 2 != 0) dot_pairs<Fused>(last, 0, x.data(), Inputs, 1, sum + Outputs - 1);
    } else {
      for (std::size_t o = 0; o < Outputs - Outputs % 2; o += 2)
        dot_two_rows(weight[o].data(), Inputs, x.data(), Inputs, sum + o);
      if constexpr (Outputs % 2 != 0) dot_two_rows(last, 0, x.data(), Inputs, sum + Outputs - 1);
    }
    for (std::size_t o = 0; o < Outputs; ++o) store(o, sum[o] + b[o]);
  }

  // Four rows at a time: each input is loaded once for four weights.
  template <std::size_t Outputs, std::size_t Inputs>
  static constexpr void add_outer_product(nn::Matrix<float, Outputs, Inputs>& weight, float factor,
                                          std::span<const float, Outputs> g, std::span<const float, Inputs> x) {
    if (std::is_constant_evaluated()) return Base::add_outer_product(weight, factor, g, x);
    constexpr std::size_t whole = Inputs - Inputs % lanes;
    for (std::size_t o = 0; o < Outputs - Outputs % 4; o += 4) {
      const float scaled[4]{factor * g[o], factor * g[o + 1], factor * g[o + 2], factor * g[o + 3]};
      if constexpr (whole > 0) add_to_four_rows<Fused>(weight[o].data(), Inputs, scaled, x.data(), whole);
      if constexpr (whole < Inputs)
        for (std::size_t r = 0; r < 4; ++r) add_scaled(weight[o + r].data() + whole, scaled[r], x.data() + whole, Inputs - whole);
    }
    for (std::size_t o = Outputs - Outputs % 4; o < Outputs; ++o) add_scaled(weight[o].data(), factor * g[o], x.data(), Inputs);
  }

  static constexpr void add_scaled(float* w, float scaled, const float* x, std::size_t count) {
    if (std::is_constant_evaluated()) return Base::add_scaled(w, scaled, x, count);
    add_to_row<Fused>(w, scaled, x, count);
  }

  static constexpr void add_taps(float* sum, const float* w, const float* x, std::size_t count, std::size_t taps) {
    if (std::is_constant_evaluated()) return Base::add_taps(sum, w, x, count, taps);
    target::add_taps<Fused>(sum, w, x, count, taps);
  }

  // Backward passes of convolutions.
  template <std::size_t Usual, std::size_t Parts, class Arithmetic, std::size_t Terms>
  static constexpr void add_position_rows(nn::Sum<Arithmetic, float, float, Terms>* sum, std::size_t columns, const float* g,
                                          const float* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Base::template add_position_rows<Usual, Parts>(sum, columns, g, rows, walk);
    target::add_position_rows<Usual, Parts, Fused>(&sum->raw, columns, g, rows, walk);
  }
  template <class Arithmetic, std::size_t Terms>
  static constexpr void add_row_products(nn::Sum<Arithmetic, float, float, Terms>* sum, std::size_t columns, const float* g,
                                         const float* rows, const nn::BackwardWalk& walk) {
    if (std::is_constant_evaluated()) return Base::add_row_products(sum, columns, g, rows, walk);
    const std::size_t whole = columns & ~std::size_t{7};
    if (whole > 0) add_products_of_eights<Fused>(&sum->raw, whole / 8, g, rows, walk);
    if (whole < columns) nn::Portable::add_row_products(sum + whole, columns - whole, g + whole, rows + whole, walk);
  }

  static constexpr float sqrt(float x) {
    if (std::is_constant_evaluated()) return Base::sqrt(x);
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
        a[l] = multiply_add<Fused>(first[l], x[l], a[l]);
        b[l] = multiply_add<Fused>(second[l], x[l], b[l]);
      }
    }
#pragma GCC unroll 7
    for (std::size_t l = 0; l < lanes - 1; ++l) {
      if (l == count) break;
      a[l] = multiply_add<Fused>(first[lanes + l], x[lanes + l], a[l]);
      b[l] = multiply_add<Fused>(second[lanes + l], x[lanes + l], b[l]);
    }
    sum[0] = Base::add_lanes(a);
    sum[1] = Base::add_lanes(b);
  }
};

}  // namespace target
