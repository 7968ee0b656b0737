// FixedKernels: the portable kernels of fixed-point numbers. Their sums are exact: a faster kernel may add in any order
// and any width, as long as it knows that its sum did not overflow.
//
//   W  [Outputs][Inputs]  weight, row o feeds output o      x  [Inputs]   input
//   b  [Outputs]          bias                              g  [Outputs]  ∂L/∂y
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/byte_step.hpp"
#include "nn/matrix.hpp"
#include "nn/number/narrow.hpp"
#include "nn/row_step.hpp"

namespace nn {

// The sum of Count products, of the two formats, and a bias of 32 bits. Where 64 bits may be too few (numbers of 32 bits),
// each product first drops so many bits that they suffice.
template <int LeftBits, int LeftFraction, int RightBits, int RightFraction, std::size_t Count>
struct ExactSum {
  static constexpr int bits = LeftBits + RightBits + static_cast<int>(std::bit_width(Count));
  static constexpr int dropped = bits > 64 ? bits - 64 : 0;
  static constexpr int fraction = LeftFraction + RightFraction - dropped;
  static_assert(fraction >= 0, "nn: a sum of so many products of these formats needs more than 64 bits");
  using Raw = std::conditional_t<(bits < 32), std::int32_t, std::int64_t>;
  using type = Fixed<static_cast<int>(8 * sizeof(Raw)), fraction>;

  Raw raw = 0;

  constexpr void add(Fixed<LeftBits, LeftFraction> a, Fixed<RightBits, RightFraction> b) {
    raw = static_cast<Raw>(raw + ((a * b).raw >> dropped));
  }
};

struct FixedKernels {
  // store(o, W[o]·x + b[o]) for every output o, in order, unrounded.
  template <int WeightBits, int WeightFraction, int BiasFraction, int InputBits, int InputFraction, std::size_t Outputs,
            std::size_t Inputs, class Store>
  static constexpr void affine(const Matrix<Fixed<WeightBits, WeightFraction>, Outputs, Inputs>& weight,
                               const std::array<Fixed<32, BiasFraction>, Outputs>& b,
                               std::span<const Fixed<InputBits, InputFraction>, Inputs> x, Store store) {
    for (std::size_t o = 0; o < Outputs; ++o) {
      ExactSum<WeightBits, WeightFraction, InputBits, InputFraction, Inputs> sum;
      for (std::size_t i = 0; i < Inputs; ++i) sum.add(weight[o][i], x[i]);
      store(o, with_bias(typename decltype(sum)::type{sum.raw}, b[o]));
    }
  }

  // store(i, Σ_o g[o]·W[o][i]) for every column i, in order, unrounded.
  template <int WeightBits, int WeightFraction, int GradientBits, int GradientFraction, std::size_t Outputs, std::size_t Inputs,
            class Store>
  static constexpr void transposed_product(const Matrix<Fixed<WeightBits, WeightFraction>, Outputs, Inputs>& weight,
                                           std::span<const Fixed<GradientBits, GradientFraction>, Outputs> g, Store store) {
    for (std::size_t i = 0; i < Inputs; ++i) {
      ExactSum<WeightBits, WeightFraction, GradientBits, GradientFraction, Outputs> sum;
      for (std::size_t o = 0; o < Outputs; ++o) sum.add(weight[o][i], g[o]);
      store(i, typename decltype(sum)::type{sum.raw});
    }
  }

  // sum[i] ← sum[i] + g·x[i], a row of what training sums over a batch.
  template <class Arithmetic>
  static constexpr void add_gradients(auto* sum, auto g, const auto* x, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) sum[i] = Arithmetic::sum(sum[i], g * x[i]);
  }

  // w[i] ← w[i] + m·x[i] / 2^k
  template <class Arithmetic, int WeightFraction, int InputBits, int InputFraction>
    requires(InputBits <= 16)
  static constexpr void add_row(Fixed<16, WeightFraction>* w, RowStep step, const Fixed<InputBits, InputFraction>* x,
                                std::size_t count, auto row) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::int32_t change = row.next()(step.m * x[i].raw, step.k);
      w[i] = Arithmetic::template parameter<Fixed<16, WeightFraction>>(Fixed<32, WeightFraction>{w[i].raw + change}, Nearest{});
    }
  }

  // The same of 8-bit weights and inputs, rounded at random from `rest` on.
  template <class Arithmetic, int WeightFraction, int InputFraction>
  static constexpr void add_row(Fixed<8, WeightFraction>* w, ByteStep step, const Fixed<8, InputFraction>* x, std::size_t count,
                                std::uint32_t rest) {
    for (std::size_t i = 0; i < count; ++i)
      w[i] = Arithmetic::template parameter<Fixed<8, WeightFraction>>(
          Fixed<32, WeightFraction>{w[i].raw + step.change(x[i].raw, rest)}, Nearest{});
  }

  // A sum of products and a bias, at most 2^62 + 2^55.
  template <int Bits, int Fraction, int BiasFraction>
  static constexpr auto with_bias(Fixed<Bits, Fraction> sum, Fixed<32, BiasFraction> b) {
    const std::int64_t bias = Fraction >= BiasFraction ? std::int64_t{b.raw} << (Fraction - BiasFraction)
                                                       : std::int64_t{b.raw} >> (BiasFraction - Fraction);
    return Fixed<64, Fraction>{std::int64_t{sum.raw} + bias};
  }
};

}  // namespace nn
