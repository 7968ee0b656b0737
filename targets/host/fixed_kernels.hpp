// FixedKernels: all that the host does in vectors with numbers of 16 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fixed_softmax.hpp"
#include "fixed_windows.hpp"

namespace target {

struct FixedKernels : FixedWindows {
#ifdef __AVX2__
  template <int InputFraction, int OutputFraction, std::size_t Count>
    requires(InputFraction >= 3)
  static void softmax(std::span<const nn::Fixed<16, InputFraction>, Count> x, std::span<nn::Fixed<16, OutputFraction>, Count> y,
                      nn::Fixed<16, InputFraction>& highest, nn::Fixed<32, 15>& sum) {
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
