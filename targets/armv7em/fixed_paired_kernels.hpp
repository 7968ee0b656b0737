// PairedRowKernels: dense layers of Fixed8 whose weights the compiler lays out. After fixed_short_kernels.hpp.
#pragma once

#include <algorithm>
#include <array>

#include "fixed_paired_rows.hpp"
#include "fixed_short_kernels.hpp"
#include "int8_widen.hpp"
#include "nn/laid_out_rows.hpp"

namespace target {

struct PairedRowKernels : ShortSumKernels {
  using ShortSumKernels::affine;

  // One or two rows are faster as they are.
  template <class Input, int WeightFraction, int BiasFraction, std::size_t Outputs, std::size_t Inputs>
    requires(thirteen_registers && Input::bits == 8 && WeightFraction + Input::fraction == BiasFraction)
  static constexpr std::size_t affine_bytes(const nn::Matrix<nn::Fixed<8, WeightFraction>, Outputs, Inputs>& weight,
                                            const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b) {
    using Pairs = FixedPairs<Outputs, Inputs>;
    return Outputs > 2 && Pairs::fit(weight, b) ? Pairs::bytes : 0;
  }
  template <int WeightFraction, int BiasFraction, std::size_t Outputs, std::size_t Inputs>
  static constexpr void lay_out_affine(const nn::Matrix<nn::Fixed<8, WeightFraction>, Outputs, Inputs>& weight,
                                       const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b, std::int8_t* to) {
    FixedPairs<Outputs, Inputs>::lay_out(weight, b, to);
  }

  // Up to 32 rows at a time.
  template <class Sum, std::size_t Outputs, std::size_t Inputs, std::size_t Bytes, int InputFraction, class Store>
  static void affine(const nn::LaidOutRows<Sum, Outputs, Inputs, Bytes>& p,
                     std::span<const nn::Fixed<8, InputFraction>, Inputs> x, Store store) {
    using Pairs = FixedPairs<Outputs, Inputs>;
    constexpr std::size_t all = Pairs::groups * Pairs::rows, words = Inputs / 4, left = Inputs % 4;
    std::int32_t sum[std::min<std::size_t>(all, 32)];
    std::uint32_t rest_word = 0;
    const std::int8_t *from = &x[0].raw, *end = from + 4 * words, *rest = nullptr, *rest_end = end;
    if constexpr (left > 0) {
      rest_word = word_of(end, left);
      rest = reinterpret_cast<const std::int8_t*>(&rest_word);
      rest_end = rest + 4;
      if constexpr (words == 0) from = rest, end = rest_end;
    }
    for (std::size_t first = 0; first < all; first += std::size(sum)) {
      const std::size_t some = std::min(all - first, std::size(sum));
      paired_rows<Pairs::rows>({.w = p.bytes.data() + first * (Pairs::bytes / all),
                                .x = from,
                                .end = end,
                                .rest = rest,
                                .rest_end = rest_end,
                                .y = sum,
                                .y_end = sum + some,
                                .skipped = words == 0 ? 3 : (4 - words % 4) % 4,
                                .now_end = nullptr,
                                .entry = 0});
      for (std::size_t o = 0; o < std::min(some, Outputs - first); ++o) store(first + o, Sum{sum[o]});
    }
  }
};

}  // namespace target
