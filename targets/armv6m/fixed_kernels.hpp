// FixedKernels: the kernels of fixed-point numbers on an architecture that gives, in its fixed_rows.hpp and
// byte_rows.hpp, to be included before,
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
  template <int Bits, int WeightFraction, int BiasFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs,
            class Store>
  requires((Bits == 16 || Bits == 8) &&
           Inputs <
               1 << 16) static constexpr void affine(const nn::Matrix<nn::Fixed<Bits, WeightFraction>, Outputs, Inputs>& weight,
                                                     const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b,
                                                     std::span<const nn::Fixed<Bits, InputFraction>, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    using Exact = nn::Fixed<64, WeightFraction + InputFraction>;
    for (std::size_t o = 0; o < Outputs - Outputs % 2; o += 2) {
      const TwoSums sum = target::dot_two_rows(&weight[o][0].raw, Inputs, &x[0].raw, Inputs);
      store(o, with_bias(Exact{sum.first}, b[o]));
      store(o + 1, with_bias(Exact{sum.second}, b[o + 1]));
    }
    if constexpr (Outputs % 2 != 0)
      store(Outputs - 1,
            with_bias(Exact{target::dot_two_rows(&weight[Outputs - 1][0].raw, 0, &x[0].raw, Inputs).first}, b[Outputs - 1]));
  }

  // Of 8 bits, so few rows that no sum of products with 16 bits leaves 32.
  template <int Bits, int WeightFraction, int GradientFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Bits == 16 || (Bits == 8 && Outputs < 1 << 9))
  static constexpr void transposed_product(const nn::Matrix<nn::Fixed<Bits, WeightFraction>, Outputs, Inputs>& weight,
                                           std::span<const nn::Fixed<16, GradientFraction>, Outputs> g, Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    using Exact = nn::Fixed<64, WeightFraction + GradientFraction>;
    for (std::size_t i = 0; i < Inputs - Inputs % 2; i += 2) {
      const TwoSums sum = target::dot_two_columns(&weight[0][i].raw, Inputs, &g[0].raw, Outputs);
      store(i, Exact{sum.first});
      store(i + 1, Exact{sum.second});
    }
    if constexpr (Inputs % 2 != 0)
      store(Inputs - 1, Exact{target::dot_column(&weight[0][Inputs - 1].raw, Inputs, &g[0].raw, Outputs)});
  }

  template <class Arithmetic, int WeightFraction, int InputFraction>
    requires(!Arithmetic::watched)
  static constexpr void add_row(nn::Fixed<16, WeightFraction>* w, nn::RowStep step, const nn::Fixed<16, InputFraction>* x,
                                std::size_t count, auto row) {
    if (std::is_constant_evaluated()) return Portable::add_row<Arithmetic>(w, step, x, count, row);
    target::add_row(&w->raw, step, &x->raw, count, row);
  }

  template <class Arithmetic, int WeightFraction, int InputFraction>
    requires(!Arithmetic::watched)
  static constexpr void add_row(nn::Fixed<8, WeightFraction>* w, nn::ByteStep step, const nn::Fixed<8, InputFraction>* x,
                                std::size_t count, std::uint32_t rest) {
    if (std::is_constant_evaluated()) return Portable::add_row<Arithmetic>(w, step, x, count, rest);
    target::add_row(&w->raw, step, &x->raw, count, rest);
  }
};

}  // namespace target
