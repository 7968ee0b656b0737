// FloatFft: the Fourier transform of real numbers in float, not scaled: Σ x[i]·e^(-2πik/Size). A power of 2 from 32 to 2,048.
//
//   FloatFft<1024>::run(samples, spectrum)     1,024 samples, 513 bins
//
// Its structure is that of real_fft.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstddef>

#include "nn/signal/complex.hpp"
#include "nn/signal/real_fft.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <std::size_t Size>
struct FloatFft : RealFft<FloatFft<Size>, ComplexFloat, Size> {
  static_assert(std::has_single_bit(Size), "nn::signal::FloatFft: the size is no power of 2");
  static_assert(Size >= 32, "nn::signal::FloatFft: a size is at least 32");
  static_assert(Size <= 2048, "nn::signal::FloatFft: a size is at most 2048");
  using RealFft<FloatFft, ComplexFloat, Size>::count;

 private:
  friend RealFft<FloatFft, ComplexFloat, Size>;

  static constexpr ComplexFloat unit(double turn) {
    return {static_cast<float>(cosine(2 * pi * turn)), static_cast<float>(-sine(2 * pi * turn))};
  }
  static constexpr std::array<ComplexFloat, count / 2> real_factors = [] {
    std::array<ComplexFloat, count / 2> table{};
    for (std::size_t k = 0; k < table.size(); ++k) table[k] = unit(static_cast<double>(k + 1) / static_cast<double>(Size) + 0.25);
    return table;
  }();

  template <int>
  static constexpr ComplexFloat part(ComplexFloat x) {
    return x;
  }
  static constexpr ComplexFloat product(ComplexFloat a, ComplexFloat w) {
    return {a.real * w.real - a.imaginary * w.imaginary, a.real * w.imaginary + a.imaginary * w.real};
  }

  // From the transform of the pairs to that of the samples.
  static constexpr void real(ComplexFloat* x) {
    const ComplexFloat zero = x[0];
    x[0] = {zero.real + zero.imaginary, 0};
    x[count] = {zero.real - zero.imaginary, 0};
    for (std::size_t k = 1; k <= count / 2; ++k) {
      const ComplexFloat a = x[k], b{x[count - k].real, -x[count - k].imaginary};
      const ComplexFloat sum{0.5f * (a.real + b.real), 0.5f * (a.imaginary + b.imaginary)};
      const ComplexFloat turned = product({0.5f * (a.real - b.real), 0.5f * (a.imaginary - b.imaginary)}, real_factors[k - 1]);
      x[k] = {sum.real + turned.real, sum.imaginary + turned.imaginary};
      x[count - k] = {sum.real - turned.real, turned.imaginary - sum.imaginary};
    }
  }
};

}  // namespace nn::signal
