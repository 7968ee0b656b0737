// FloatFft: the Fourier transform of real numbers in float, not scaled: Σ x[i]·e^(-2πik/Size). A power of 2 from 32 to 2,048.
//
//   FloatFft<1024>::run(samples, spectrum)     1,024 samples, 513 bins
//
// Its structure is that of Int16Fft: a complex transform of half the size, by decimation in time with radix 4, and radix 2 first
// where 4 does not divide it. The order of every sum is the one written here, so every core returns the same bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <span>

#include "nn/signal/complex.hpp"
#include "nn/signal/fft_order.hpp"
#include "nn/signal/table_math.hpp"

namespace nn::signal {

template <std::size_t Size>
struct FloatFft : FftOrder<Size / 2> {
  static_assert(std::has_single_bit(Size), "nn::signal::FloatFft: the size is no power of 2");
  static_assert(Size >= 32, "nn::signal::FloatFft: a size is at least 32");
  static_assert(Size <= 2048, "nn::signal::FloatFft: a size is at most 2048");
  static constexpr std::size_t count = Size / 2;
  static constexpr std::size_t bins = count + 1;
  using Buffer = std::array<ComplexFloat, bins>;
  static constexpr std::size_t table_bytes = 5 * Size;

  static constexpr void run(std::span<const float, Size> x, std::span<ComplexFloat, bins> y) {
    FftOrder<count>::fill(y, [x](std::size_t i) { return x[i]; });
    transform(y);
  }

  // In place: pairs in the order of place() become a spectrum.
  static constexpr void transform(std::span<ComplexFloat, bins> x) {
    std::size_t distance = 4;
    if constexpr (std::countr_zero(count) % 2 == 0) {
      for (std::size_t i = 0; i < count; i += 4) butterfly(x[i], x[i + 1], x[i + 2], x[i + 3], x.data() + i, 1);
    } else {
      for (std::size_t i = 0; i < count; i += 2) {
        const ComplexFloat a = x[i], b = x[i + 1];
        x[i] = {a.real + b.real, a.imaginary + b.imaginary};
        x[i + 1] = {a.real - b.real, a.imaginary - b.imaginary};
      }
      distance = 2;
    }
    for (; distance < count; distance *= 4) fours(x.data(), distance);
    real(x.data());
  }

 private:
  struct Factors {
    ComplexFloat first, second, third;
  };
  static constexpr ComplexFloat unit(double turn) {
    return {static_cast<float>(cosine(2 * pi * turn)), static_cast<float>(-sine(2 * pi * turn))};
  }
  static constexpr std::array<Factors, count / 4> factors = [] {
    std::array<Factors, count / 4> table{};
    for (std::size_t k = 0; k < table.size(); ++k) {
      const double turn = static_cast<double>(k) / static_cast<double>(count);
      table[k] = {unit(turn), unit(2 * turn), unit(3 * turn)};
    }
    return table;
  }();
  static constexpr std::array<ComplexFloat, count / 2> real_factors = [] {
    std::array<ComplexFloat, count / 2> table{};
    for (std::size_t k = 0; k < table.size(); ++k) table[k] = unit(static_cast<double>(k + 1) / static_cast<double>(Size) + 0.25);
    return table;
  }();

  static constexpr ComplexFloat product(ComplexFloat a, ComplexFloat w) {
    return {a.real * w.real - a.imaginary * w.imaginary, a.real * w.imaginary + a.imaginary * w.real};
  }

  static constexpr void butterfly(ComplexFloat a, ComplexFloat b, ComplexFloat c, ComplexFloat d, ComplexFloat* y,
                                  std::size_t distance) {
    const ComplexFloat even{a.real + c.real, a.imaginary + c.imaginary}, odd{a.real - c.real, a.imaginary - c.imaginary};
    const ComplexFloat sum{b.real + d.real, b.imaginary + d.imaginary}, difference{b.real - d.real, b.imaginary - d.imaginary};
    y[0] = {even.real + sum.real, even.imaginary + sum.imaginary};
    y[distance] = {odd.real + difference.imaginary, odd.imaginary - difference.real};
    y[2 * distance] = {even.real - sum.real, even.imaginary - sum.imaginary};
    y[3 * distance] = {odd.real - difference.imaginary, odd.imaginary + difference.real};
  }

  static constexpr void fours(ComplexFloat* x, std::size_t distance) {
    const std::size_t stride = count / 4 / distance;
    for (ComplexFloat* const end = x + count; x != end; x += 3 * distance) {
      const Factors* w = factors.data();
      for (ComplexFloat* const next = x + distance; x != next; ++x, w += stride)
        butterfly(*x, product(x[distance], w->first), product(x[2 * distance], w->second), product(x[3 * distance], w->third), x,
                  distance);
    }
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
