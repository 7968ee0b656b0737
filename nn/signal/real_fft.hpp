// RealFft: what Fourier transforms of real numbers share. Two neighbours among the samples are one complex number, whose
// transform has half the size: by decimation in time with radix 4, and radix 2 first where 4 does not divide it. The order of
// every sum is the one written here, so every core returns the same bits.
//
// Fft has, for its numbers:
//
//   unit(turn)     e^(-2πi·turn), as a factor
//   product(a, w)  a·w for a factor w, over 4 where numbers are scaled
//   part<b>(x)     x / 2^b where numbers are scaled, else x
//   real(x)        from the transform of the pairs to that of the samples
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <span>

#include "nn/signal/fft_order.hpp"

namespace nn::signal {

template <class Fft, class Complex, std::size_t Size>
struct RealFft : FftOrder<Size / 2> {
  static constexpr std::size_t count = Size / 2;
  static constexpr std::size_t bins = count + 1;
  using Number = decltype(Complex::real);
  using Buffer = std::array<Complex, bins>;
  static constexpr std::size_t table_bytes = 5 * Size;

  static constexpr void run(std::span<const Number, Size> x, std::span<Complex, bins> y) {
    FftOrder<count>::fill(y, [x](std::size_t i) { return x[i]; });
    transform(y);
  }

  // In place: pairs in the order of place() become a spectrum.
  static constexpr void transform(std::span<Complex, bins> x) {
    std::size_t distance = 4;
    if constexpr (std::countr_zero(count) % 2 == 0) {
      for (std::size_t i = 0; i < count; i += 4)
        butterfly(Fft::template part<3>(x[i]), Fft::template part<3>(x[i + 1]), Fft::template part<3>(x[i + 2]),
                  Fft::template part<3>(x[i + 3]), x.data() + i, 1);
    } else {
      for (std::size_t i = 0; i < count; i += 2) {
        const Complex a = Fft::template part<2>(x[i]), b = Fft::template part<2>(x[i + 1]);
        x[i] = {a.real + b.real, a.imaginary + b.imaginary};
        x[i + 1] = {a.real - b.real, a.imaginary - b.imaginary};
      }
      distance = 2;
    }
    for (; distance < count; distance *= 4) fours(x.data(), distance);
    Fft::real(x.data());
  }

 private:
  struct Factors {
    Complex first, second, third;
  };
  static constexpr std::array<Factors, count / 4> factors = [] {
    std::array<Factors, count / 4> table{};
    for (std::size_t k = 0; k < table.size(); ++k) {
      const double turn = static_cast<double>(k) / static_cast<double>(count);
      table[k] = {Fft::unit(turn), Fft::unit(2 * turn), Fft::unit(3 * turn)};
    }
    return table;
  }();

  static constexpr void butterfly(Complex a, Complex b, Complex c, Complex d, Complex* y, std::size_t distance) {
    const Complex even{a.real + c.real, a.imaginary + c.imaginary}, odd{a.real - c.real, a.imaginary - c.imaginary};
    const Complex sum{b.real + d.real, b.imaginary + d.imaginary}, difference{b.real - d.real, b.imaginary - d.imaginary};
    y[0] = {even.real + sum.real, even.imaginary + sum.imaginary};
    y[distance] = {odd.real + difference.imaginary, odd.imaginary - difference.real};
    y[2 * distance] = {even.real - sum.real, even.imaginary - sum.imaginary};
    y[3 * distance] = {odd.real - difference.imaginary, odd.imaginary + difference.real};
  }

  static constexpr void fours(Complex* x, std::size_t distance) {
    const std::size_t stride = count / 4 / distance;
    for (Complex* const end = x + count; x != end; x += 3 * distance) {
      const Factors* w = factors.data();
      for (Complex* const next = x + distance; x != next; ++x, w += stride)
        butterfly(Fft::template part<2>(*x), Fft::product(x[distance], w->first), Fft::product(x[2 * distance], w->second),
                  Fft::product(x[3 * distance], w->third), x, distance);
    }
  }
};

}  // namespace nn::signal
