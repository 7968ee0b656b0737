// FixedKernels: all that the host does in vectors with numbers of 16 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fixed_pooling.hpp"
#include "fixed_short_softmax.hpp"
#include "fixed_softmax.hpp"

namespace target {

struct FixedKernels : FixedPooling {
#ifdef __AVX2__
  template <int InputFraction, int OutputFraction, std::size_t Count>
    requires(InputFraction >= 3)
  static void softmax(std::span<const nn::Fixed<16, InputFraction>, Count> x, std::span<nn::Fixed<16, OutputFraction>, Count> y,
                      nn::Fixed<16, InputFraction>& highest, nn::Fixed<32, 15>& sum) {
#if defined __AVX512BW__ && defined __AVX512CD__ && defined __AVX512VL__
    if constexpr (Count <= 16 && InputFraction <= 10 && OutputFraction <= 13)
      if (fixed_short_softmax<Count>(x.data(), y.data(), highest, sum)) return;
#endif
    fixed_softmax<Count>(x.data(), y.data(), highest, sum);
  }
  template <std::size_t Count, int InputFraction, int OutputFraction, class Loss>
    requires(InputFraction >= 3)
  static void softmax_of_all(std::span<const nn::Fixed<16, InputFraction>* const> x,
                             std::span<nn::Fixed<16, OutputFraction>* const> y, nn::Fixed<16, InputFraction>* highest,
                             Loss* logarithm_of_sum) {
    fixed_softmax_of_all<Count>(x, y, highest, logarithm_of_sum);
  }
#else
  static void softmax_of_all() = delete;
#endif
};

}  // namespace target
