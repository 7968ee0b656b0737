// FixedKernels: the portable kernels of fixed-point numbers. Their sums are exact: a faster kernel may add in any order
// and any width, as long as it knows that its sum did not overflow.
//
//   W  [Out][In]  weight, row o feeds output o      x  [In]   input
//   b  [Out]      bias                              g  [Out]  ∂L/∂y
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/matrix.hpp"
#include "nn/number/narrow.hpp"
#include "nn/row_step.hpp"

namespace nn {

// The sum of N products of Fixed<B1, F1> and Fixed<B2, F2> and a bias of 32 bits. Where 64 bits may be too few (numbers of
// 32 bits), each product first drops so many bits that they suffice.
template <int B1, int F1, int B2, int F2, std::size_t N>
struct ExactSum {
  static constexpr int bits = B1 + B2 + static_cast<int>(std::bit_width(N));
  static constexpr int dropped = bits > 64 ? bits - 64 : 0;
  static constexpr int fraction = F1 + F2 - dropped;
  static_assert(fraction >= 0, "nn: a sum of so many products of these formats needs more than 64 bits");
  using Raw = std::conditional_t<(bits < 32), std::int32_t, std::int64_t>;
  using type = Fixed<static_cast<int>(8 * sizeof(Raw)), fraction>;

  Raw raw = 0;

  constexpr void add(Fixed<B1, F1> a, Fixed<B2, F2> b) { raw = static_cast<Raw>(raw + ((a * b).raw >> dropped)); }
};

struct FixedKernels {
  // store(o, W[o]·x + b[o]) for every output o, in order, unrounded.
  template <int WB, int WF, int BF, int XB, int XF, std::size_t Out, std::size_t In, class Store>
  static constexpr void affine(const Matrix<Fixed<WB, WF>, Out, In>& W, const std::array<Fixed<32, BF>, Out>& b,
                               std::span<const Fixed<XB, XF>, In> x, Store store) {
    for (std::size_t o = 0; o < Out; ++o) {
      ExactSum<WB, WF, XB, XF, In> sum;
      for (std::size_t i = 0; i < In; ++i) sum.add(W[o][i], x[i]);
      store(o, with_bias(typename decltype(sum)::type{sum.raw}, b[o]));
    }
  }

  // store(i, Σ_o g[o]·W[o][i]) for every column i, in order, unrounded.
  template <int WB, int WF, int GB, int GF, std::size_t Out, std::size_t In, class Store>
  static constexpr void transposed_product(const Matrix<Fixed<WB, WF>, Out, In>& W, std::span<const Fixed<GB, GF>, Out> g, Store store) {
    for (std::size_t i = 0; i < In; ++i) {
      ExactSum<WB, WF, GB, GF, Out> sum;
      for (std::size_t o = 0; o < Out; ++o) sum.add(W[o][i], g[o]);
      store(i, typename decltype(sum)::type{sum.raw});
    }
  }

  // w[i] ← w[i] + m·x[i] / 2^k
  template <class A, int WF, int XB, int XF>
    requires(XB <= 16)
  static constexpr void add_row(Fixed<16, WF>* w, RowStep step, const Fixed<XB, XF>* x, std::size_t count, auto row) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::int32_t change = row.next()(step.m * x[i].raw, step.k);
      w[i] = A::template parameter<Fixed<16, WF>>(Fixed<32, WF>{w[i].raw + change}, Nearest{});
    }
  }

  // A sum of products and a bias, at most 2^62 + 2^55.
  template <int Bits, int Fraction, int BiasFraction>
  static constexpr auto with_bias(Fixed<Bits, Fraction> sum, Fixed<32, BiasFraction> b) {
    const std::int64_t bias =
        Fraction >= BiasFraction ? std::int64_t{b.raw} << (Fraction - BiasFraction) : std::int64_t{b.raw} >> (BiasFraction - Fraction);
    return Fixed<64, Fraction>{std::int64_t{sum.raw} + bias};
  }
};

}  // namespace nn
