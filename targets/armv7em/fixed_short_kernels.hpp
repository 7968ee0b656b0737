// ShortSumKernels: dense and depthwise layers of fixed point by sums of 32 bits. After fixed_rows.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <type_traits>

#include "../armv6m/fixed_kernels.hpp"
#include "fixed_byte_rows.hpp"
#include "fixed_short_sums.hpp"
#include "thirteen_registers.hpp"

namespace target {

struct ShortSumKernels : FixedKernels {
  using FixedKernels::affine;

  // Rows of whole blocks of 16, up to 32 at a time, in 32 bits, if they suffice.
  template <int WeightFraction, int BiasFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(thirteen_registers && Inputs % 16 == 0 && Outputs > 1)
  static constexpr void affine(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                               const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b,
                               std::span<const nn::Fixed<16, InputFraction>, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    using Exact = nn::Fixed<64, WeightFraction + InputFraction>;
    constexpr std::size_t even = Outputs - Outputs % 2;
    alignas(8) std::int32_t sum[std::min<std::size_t>(even, 32)];
    for (std::size_t first = 0; first < even; first += std::size(sum)) {
      const std::int16_t *const w = &weight[first][0].raw, *const from = &x[0].raw;
      const std::size_t some = std::min(even - first, std::size(sum));
      if (at_words(w, from) && dot_short_rows({w, from, from + Inputs, sum, sum + some, 2 * Inputs})) {
        for (std::size_t o = 0; o < some; ++o) store(first + o, with_bias(Exact{sum[o]}, b[first + o]));
      } else {
        for (std::size_t o = first; o < first + some; o += 2) {
          const TwoSums exact = dot_two_rows(&weight[o][0].raw, Inputs, from, Inputs);
          store(o, with_bias(Exact{exact.first}, b[o]));
          store(o + 1, with_bias(Exact{exact.second}, b[o + 1]));
        }
      }
    }
    if constexpr (even < Outputs)
      store(even, with_bias(Exact{dot_two_rows(&weight[even][0].raw, 0, &x[0].raw, Inputs).first}, b[even]));
  }

  // Of 8 bits: up to 32 rows and 512 codes at a time.
  template <int WeightFraction, int BiasFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(thirteen_registers && Inputs % 16 == 0 && Inputs < 1 << 16 && Outputs > 1)
  static constexpr void affine(const nn::Matrix<nn::Fixed<8, WeightFraction>, Outputs, Inputs>& weight,
                               const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b,
                               std::span<const nn::Fixed<8, InputFraction>, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    const std::int8_t* const w = &weight[0][0].raw;
    if (!at_words(w, w)) return FixedKernels::affine(weight, b, x, store);
    using Exact = nn::Fixed<64, WeightFraction + InputFraction>;
    constexpr std::size_t even = Outputs - Outputs % 2, codes = std::min<std::size_t>(Inputs, 512);
    std::int32_t sum[std::min<std::size_t>(even, 32)];
    std::uint32_t wide[codes / 2];
    for (std::size_t first = 0; first < even; first += std::size(sum)) {
      const std::size_t some = std::min(even - first, std::size(sum));
      std::fill_n(sum, some, 0);
      for (std::size_t i = 0; i < Inputs; i += codes) {
        const std::size_t taken = std::min(Inputs - i, codes);
        widen_bytes(&x[i].raw, taken, wide);
        add_byte_rows({w + first * Inputs + i, wide, wide + taken / 2, sum, sum + some, Inputs, Inputs - taken});
      }
      for (std::size_t o = 0; o < some; ++o) store(first + o, with_bias(Exact{sum[o]}, b[first + o]));
    }
    if constexpr (even < Outputs)
      store(even, with_bias(Exact{dot_two_rows(&weight[even][0].raw, 0, &x[0].raw, Inputs).first}, b[even]));
  }

  // sum[i] += w[t][i]·x[t][i] for taps t of `Channels` numbers each, of `count` of them, four at a time; false: a sum does not
  // fit, or they do not lie at words.
  template <std::size_t Channels, int SumFraction, int WeightFraction, int InputFraction>
    requires(thirteen_registers && Channels % 4 == 0 && Channels <= 256 && WeightFraction + InputFraction == SumFraction)
  static bool add_short_taps(nn::Fixed<32, SumFraction>* sum, const nn::Fixed<16, WeightFraction>* w,
                             const nn::Fixed<16, InputFraction>* x, std::size_t count, std::size_t taps) {
    return at_words(w, x) && target::add_short_taps<Channels>(&sum->raw, &w->raw, &x->raw, count / 4, taps);
  }

  // y[i] = sum[i], to the nearest, of four at a time; false: y does not lie at words.
  template <int SumFraction, int Fraction>
    requires(SumFraction > Fraction && SumFraction < Fraction + 16)
  static bool narrow_short(nn::Fixed<16, Fraction>* y, const nn::Fixed<32, SumFraction>* sum, std::size_t count) {
    if (!at_words(y, sum)) return false;
    target::narrow_short<SumFraction - Fraction>(&y->raw, &sum->raw, count / 4);
    return true;
  }
};

}  // namespace target
