// SignalKernels: the inner loops of integer signals. A target may hide them with faster ones that return the same bits.
//
// The arithmetic of the Fourier transform is that of kissfft in 16 bits (Borgerding; FIXED_POINT 16): before a butterfly of p
// numbers each is multiplied by floor(32767 / p) / 32768, products are rounded to 15 fraction bits, sums wrap. Multiplying by
// W⁰ = 32767/32768 changes nothing after that, and is left out.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/number/elementary.hpp"
#include "nn/signal/complex.hpp"

namespace nn {

struct SignalKernels {
  using Complex16 = signal::Complex16;

  // y = x·w / 4096 of `groups` times eight samples, two of them to a complex number: number i of group g goes to
  // y[places[g] + i·step]. Gives the magnitudes' bits, or-ed; bit 15 is set if there is a -32768.
  static constexpr std::uint32_t window_samples(const std::int16_t* x, const std::int16_t* w, std::size_t groups,
                                                const std::uint16_t* places, std::size_t step, Complex16* y) {
    std::uint32_t bits = 0;
    for (std::size_t g = 0; g < groups; ++g)
      for (std::size_t i = 0; i < 4; ++i, x += 2, w += 2) {
        const std::int32_t real = x[0] * w[0] >> 12, imaginary = x[1] * w[1] >> 12;
        bits |= static_cast<std::uint32_t>(real < 0 ? -real : real) |
                static_cast<std::uint32_t>(imaginary < 0 ? -imaginary : imaginary);
        y[places[g] + i * step] = {static_cast<std::int16_t>(real), static_cast<std::int16_t>(imaginary)};
      }
    return bits;
  }

  // The first step of a transform, of neighbours, where every factor is 1. First of all x is shifted to the left, which must
  // leave it within 16 bits.
  static constexpr void fft_first_fours(Complex16* x, std::size_t count, int shift) {
    const std::int32_t share = quarter << shift;
    for (Complex16* const end = x + count; x != end; x += 4) {
      const Wide a = scaled(x[0], share), b = scaled(x[1], share), c = scaled(x[2], share), d = scaled(x[3], share);
      store_butterfly(a, b, c, d, x, x + 1, x + 2, x + 3);
    }
  }
  static constexpr void fft_first_twos(Complex16* x, std::size_t count, int shift) {
    const std::int32_t share = half << shift;
    for (Complex16* const end = x + count; x != end; x += 2) {
      const Wide a = scaled(x[0], share), b = scaled(x[1], share);
      x[0] = narrow(a.real + b.real, a.imaginary + b.imaginary);
      x[1] = narrow(a.real - b.real, a.imaginary - b.imaginary);
    }
  }

  // A further step: butterflies of four numbers that lie `distance` apart; butterfly k has the factors w[k·stride].
  static constexpr void fft_fours(Complex16* x, std::size_t count, std::size_t distance, const signal::Twiddles* w,
                                  std::size_t stride) {
    for (Complex16* const end = x + count; x != end; x += 3 * distance) {
      const signal::Twiddles* factor = w;
      for (Complex16* const next = x + distance; x != next; ++x, factor += stride) {
        Complex16 *const first = x + distance, *const second = x + 2 * distance, *const third = x + 3 * distance;
        const Wide a = scaled(*x, quarter);
        const Wide b = product(scaled(*first, quarter), factor->first);
        const Wide c = product(scaled(*second, quarter), factor->second);
        const Wide d = product(scaled(*third, quarter), factor->third);
        store_butterfly(a, b, c, d, x, first, second, third);
      }
    }
  }

  // x[0 … count] becomes the spectrum of 2·count real numbers, whose pairs' transform x[0 … count - 1] is.
  static constexpr void fft_real(Complex16* x, std::size_t count, const Complex16* w) {
    const Wide mean = scaled(x[0], half);
    x[0] = narrow(mean.real + mean.imaginary, 0);
    x[count] = narrow(mean.real - mean.imaginary, 0);
    Complex16* last = x + count;
    for (++x, --last; x <= last; ++x, --last, ++w) {
      const Wide a = scaled(*x, half), b = scaled({last->real, static_cast<std::int16_t>(-last->imaginary)}, half);
      const Wide sum{a.real + b.real, a.imaginary + b.imaginary};
      const Wide turned = product({a.real - b.real, a.imaginary - b.imaginary}, *w);
      const std::int32_t real = static_cast<std::int16_t>(turned.real), imaginary = static_cast<std::int16_t>(turned.imaginary);
      *x = narrow((sum.real + real) >> 1, (sum.imaginary + imaginary) >> 1);
      *last = narrow((sum.real - real) >> 1, (imaginary - sum.imaginary) >> 1);
    }
  }

  // |x|² in the place of x, as 32 bits without a sign.
  static constexpr void energies(Complex16* x, std::size_t count) {
    for (Complex16* const end = x + count; x != end; ++x) {
      const std::int32_t real = x->real, imaginary = x->imaginary;
      *x = std::bit_cast<Complex16>(static_cast<std::uint32_t>(real * real) + static_cast<std::uint32_t>(imaginary * imaginary));
    }
  }

 protected:
  static constexpr std::int32_t quarter = 8191, half = 16383;

  struct Wide {
    std::int32_t real, imaginary;
  };

  static constexpr std::int32_t rounded(std::int32_t x) { return (x + (1 << 14)) >> 15; }
  static constexpr Wide scaled(Complex16 x, std::int32_t share) {
    return {rounded(x.real * share), rounded(x.imaginary * share)};
  }
  static constexpr Wide product(Wide x, Complex16 w) {
    return {rounded(x.real * w.real - x.imaginary * w.imaginary), rounded(x.real * w.imaginary + x.imaginary * w.real)};
  }
  static constexpr Complex16 narrow(std::int32_t real, std::int32_t imaginary) {
    return {static_cast<std::int16_t>(real), static_cast<std::int16_t>(imaginary)};
  }
  static constexpr void store_butterfly(Wide a, Wide b, Wide c, Wide d, Complex16* y0, Complex16* y1, Complex16* y2,
                                        Complex16* y3) {
    const Wide even{a.real + c.real, a.imaginary + c.imaginary}, odd{a.real - c.real, a.imaginary - c.imaginary};
    const Wide sum{b.real + d.real, b.imaginary + d.imaginary}, difference{b.real - d.real, b.imaginary - d.imaginary};
    *y0 = narrow(even.real + sum.real, even.imaginary + sum.imaginary);
    *y1 = narrow(odd.real + difference.imaginary, odd.imaginary - difference.real);
    *y2 = narrow(even.real - sum.real, even.imaginary - sum.imaginary);
    *y3 = narrow(odd.real - difference.imaginary, odd.imaginary + difference.real);
  }

  // One bit a turn (Warren, Hacker's Delight, section 11-1).
  template <class Word>
  static constexpr std::uint32_t root_of(Word x) {
    if (x == 0) return 0;
    Word root = 0;
    for (Word bit = Word{1} << ((std::bit_width(x) - 1) / 2 * 2); bit != 0; bit >>= 2) {
      const Word trial = root + bit;
      root >>= 1;
      if (x >= trial) {
        x -= trial;
        root += bit;
      }
    }
    return static_cast<std::uint32_t>(root);
  }

 public:
  // The largest integer whose square is at most x.
  static constexpr std::uint32_t integer_root(std::uint64_t x) {
    if (x >> 32 != 0) return root_of<std::uint64_t>(x);
    return root_of<std::uint32_t>(static_cast<std::uint32_t>(x));
  }
};

}  // namespace nn
