// FixedKernels: the kernels of fixed-point numbers on an architecture that gives, in its fixed_rows.hpp, to be included before,
//   dot_two_rows, dot_column, dot_two_columns, add_row
// Two outputs or two columns at a time: what they share is loaded once.
#pragma once

#include <type_traits>

#include "nn/kernels.hpp"

namespace target {

struct FixedKernels : nn::Portable {
  using Portable::add_row;
  using Portable::affine;
  using Portable::transposed_product;

  // Numbers of 16 or of 8 bits. So many that no sum of products of 8 bits leaves 32.
  template <int Bits, int WF, int BF, int XF, std::size_t Out, std::size_t In, class Store>
    requires((Bits == 16 || Bits == 8) && In < 1 << 16)
  static constexpr void affine(const nn::Matrix<nn::Fixed<Bits, WF>, Out, In>& W, const std::array<nn::Fixed<32, BF>, Out>& b,
                               std::span<const nn::Fixed<Bits, XF>, In> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(W, b, x, store);
    using Exact = nn::Fixed<64, WF + XF>;
    for (std::size_t o = 0; o < Out - Out % 2; o += 2) {
      const TwoSums sum = target::dot_two_rows(&W[o][0].raw, In, &x[0].raw, In);
      store(o, with_bias(Exact{sum.first}, b[o]));
      store(o + 1, with_bias(Exact{sum.second}, b[o + 1]));
    }
    if constexpr (Out % 2 != 0) store(Out - 1, with_bias(Exact{target::dot_two_rows(&W[Out - 1][0].raw, 0, &x[0].raw, In).first}, b[Out - 1]));
  }

  template <int WF, int GF, std::size_t Out, std::size_t In, class Store>
  static constexpr void transposed_product(const nn::Matrix<nn::Fixed<16, WF>, Out, In>& W, std::span<const nn::Fixed<16, GF>, Out> g,
                                           Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(W, g, store);
    using Exact = nn::Fixed<64, WF + GF>;
    for (std::size_t i = 0; i < In - In % 2; i += 2) {
      const TwoSums sum = target::dot_two_columns(&W[0][i].raw, In, &g[0].raw, Out);
      store(i, Exact{sum.first});
      store(i + 1, Exact{sum.second});
    }
    if constexpr (In % 2 != 0) store(In - 1, Exact{target::dot_column(&W[0][In - 1].raw, In, &g[0].raw, Out)});
  }

  template <class A, int WF, int XF>
    requires(!A::watched)
  static constexpr void add_row(nn::Fixed<16, WF>* w, nn::RowStep step, const nn::Fixed<16, XF>* x, std::size_t count, auto row) {
    if (std::is_constant_evaluated()) return Portable::add_row<A>(w, step, x, count, row);
    target::add_row(&w->raw, step, &x->raw, count, row);
  }
};

}  // namespace target
