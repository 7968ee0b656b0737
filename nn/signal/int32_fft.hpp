// Int32Fft: the Fourier transform of real numbers of 32 bits: spectrum / Size, of any samples. A power of 2 from 32 to 2,048.
//
//   Int32Fft<512>::run(samples, spectrum)     512 samples, 257 bins
//
// Its structure is that of real_fft.hpp. Every butterfly gives a mean, the first one half of it, since a pair at full scale is √2
// long: so no sum overflows, and bins 0 and Size / 2 alone can need to saturate. Factors have 30 fraction bits, so that the upper
// word of a 64-bit product is a quarter of it; quarters and halves are rounded to nearest, halves up.
//
// `error` bounds how far the parts of a bin are from the exact spectrum / Size, in units of the last place: a step of four adds
// four roundings of 1/2, and 3/4 for its factors; the last step doubles what it finds, and rounds twice.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "nn/signal/complex.hpp"
#include "nn/signal/real_fft.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <std::size_t Size>
struct Int32Fft : RealFft<Int32Fft<Size>, Complex32, Size> {
  static_assert(std::has_single_bit(Size), "nn::signal::Int32Fft: the size is no power of 2");
  static_assert(Size >= 32, "nn::signal::Int32Fft: a size is at least 32");
  static_assert(Size <= 2048, "nn::signal::Int32Fft: a size is at most 2048");
  static constexpr int error = 4 * std::countr_zero(Size);
  using RealFft<Int32Fft, Complex32, Size>::count;

 private:
  friend RealFft<Int32Fft, Complex32, Size>;

  // e^(-2πi·turn), with so many fraction bits.
  static constexpr Complex32 unit(double turn, int bits = 30) {
    const auto one = static_cast<double>(std::int64_t{1} << bits);
    return {static_cast<std::int32_t>(floor(0.5 + one * cosine(2 * pi * turn))),
            static_cast<std::int32_t>(floor(0.5 - one * sine(2 * pi * turn)))};
  }
  // Neither is 1; with 31 fraction bits the upper word of a product is half of it.
  static constexpr std::array<Complex32, count / 2 - 1> real_factors = [] {
    std::array<Complex32, count / 2 - 1> table{};
    for (std::size_t k = 0; k < table.size(); ++k)
      table[k] = unit(static_cast<double>(k + 1) / static_cast<double>(Size) + 0.25, 31);
    return table;
  }();

  // x / 2^Shift.
  template <int Shift>
  static constexpr std::int32_t part(std::int32_t x) {
    return (x >> Shift) + (x >> (Shift - 1) & 1);
  }
  template <int Shift>
  static constexpr Complex32 part(Complex32 x) {
    return {part<Shift>(x.real), part<Shift>(x.imaginary)};
  }
  // x / 2^32.
  static constexpr std::int32_t upper(std::int64_t x) {
    return static_cast<std::int32_t>(x >> 32) + static_cast<std::int32_t>(static_cast<std::uint32_t>(x) >> 31);
  }
  static constexpr Complex32 product(Complex32 a, Complex32 w) {
    const std::int64_t real = a.real, imaginary = a.imaginary;
    return {upper(real * w.real - imaginary * w.imaginary), upper(real * w.imaginary + imaginary * w.real)};
  }
  static constexpr std::int32_t saturated(std::int64_t x) {
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(x < Limits::min() ? Limits::min() : x > Limits::max() ? Limits::max() : x);
  }

  // From the transform of the pairs to that of the samples. Bin count / 2 is the conjugate of what stands there.
  static constexpr void real(Complex32* x) {
    const std::int64_t even = x[0].real, odd = x[0].imaginary;
    x[0] = {saturated(even + odd), 0};
    x[count] = {saturated(even - odd), 0};
    for (std::size_t k = 1; k < count / 2; ++k) {
      const Complex32 a = x[k], b{x[count - k].real, -x[count - k].imaginary};
      const Complex32 sum = part<1>({a.real + b.real, a.imaginary + b.imaginary});
      const Complex32 turned = product({a.real - b.real, a.imaginary - b.imaginary}, real_factors[k - 1]);
      x[k] = {sum.real + turned.real, sum.imaginary + turned.imaginary};
      x[count - k] = {sum.real - turned.real, turned.imaginary - sum.imaginary};
    }
    x[count / 2].imaginary = -x[count / 2].imaginary;
  }
};

}  // namespace nn::signal
