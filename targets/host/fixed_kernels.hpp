// FixedKernels: all that the host does in vectors with numbers of 16 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "fixed_exponentials.hpp"
#include "fixed_softmax.hpp"
#include "fixed_windows.hpp"

namespace target {

struct FixedKernels : FixedWindows {
  // y[i] = e^(x[i] - highest) with 15 bits behind the point, whatever the format of y; y may be x.
  template <int InputFraction, int OutputFraction>
    requires(InputFraction >= 3)
  static void exponentials(nn::Fixed<16, OutputFraction>* y, const nn::Fixed<16, InputFraction>* x,
                           nn::Fixed<16, InputFraction> highest, std::size_t count) {
    fixed_exponentials<InputFraction>(&y->raw, &x->raw, highest.raw, count);
  }
  // Of these, y[i]·share with `dropped` bits less.
  template <int Fraction>
  static void shares(nn::Fixed<16, Fraction>* y, std::size_t count, std::uint32_t share, int dropped) {
    fixed_shares(&y->raw, count, share, dropped);
  }
#ifdef __AVX2__
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
