// Integer signals on the DSP instructions of Cortex-M4, M7 and M33: both halves of a complex number at once. Armv7-M ARM (DDI
// 0403), section A7.7: SMLABB, SMLSD, SMLADX, SMUAD, PKHTB, SADD16, SSAX, SHADD16, SEL.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "nn/signal/kernels.hpp"

namespace target {

struct SignalDsp {
  using Complex16 = nn::signal::Complex16;
  using Word = std::uint32_t;

  [[gnu::noinline]] static std::uint32_t window_samples(const std::int16_t* x, const std::int16_t* w, std::size_t groups,
                                                        const std::uint16_t* places, std::size_t step, Complex16* y) {
    Word bits = 0;
    const std::int16_t* const end = x + 8 * groups;
    while (x != end) {
      Complex16* to = y + *places++;
#pragma GCC unroll 4
      for (int i = 0; i < 4; ++i, x += 2, w += 2, to += step) {
        const Word a = load(x), b = load(w);
        std::int32_t real, imaginary;
        asm("smulbb %0, %1, %2" : "=r"(real) : "r"(a), "r"(b));
        asm("smultt %0, %1, %2" : "=r"(imaginary) : "r"(a), "r"(b));
        Word both, magnitudes;
        asm("pkhtb %0, %1, %2, asr #12" : "=r"(both) : "r"(imaginary << 4), "r"(real));
        asm("ssub16 %0, %1, %2\n\tsel %0, %0, %2" : "=&r"(magnitudes) : "r"(0), "r"(both) : "cc");
        bits |= magnitudes;
        store(to, both);
      }
    }
    return (bits | bits >> 16) & 0xffffu;
  }

  // The shift is part of the factor.
  [[gnu::noinline]] static void first_fours(Complex16* x, std::size_t count, int shift) {
    const std::int32_t share = 2 * 8191 << shift;
    for (Complex16* const end = x + count; x != end; x += 4) {
      const Word a = scaled_wide(load(x), share), b = scaled_wide(load(x + 1), share);
      const Word c = scaled_wide(load(x + 2), share), d = scaled_wide(load(x + 3), share);
      butterfly(a, b, c, d, x, 1);
    }
  }

  [[gnu::noinline]] static void fours(Complex16* x, std::size_t count, std::size_t distance, const nn::signal::Twiddles* w,
                                      std::size_t stride) {
    const std::int32_t share = 2 * 8191, before_share = 1 << 15, before_product = 1 << 14;
    for (Complex16* const end = x + count; x != end; x += 3 * distance) {
      const nn::signal::Twiddles* factor = w;
      for (Complex16* const next = x + distance; x != next; ++x, factor += stride) {
        const Word b = product(scaled(load(x + distance), share, before_share), load(&factor->first), before_product);
        const Word c = product(scaled(load(x + 2 * distance), share, before_share), load(&factor->second), before_product);
        const Word d = product(scaled(load(x + 3 * distance), share, before_share), load(&factor->third), before_product);
        butterfly(scaled(load(x), share, before_share), b, c, d, x, distance);
      }
    }
  }

  [[gnu::noinline]] static void real(Complex16* x, std::size_t count, const Complex16* w) {
    const std::int32_t share = 2 * 16383, before_share = 1 << 15, before_product = 1 << 14;
    const Word mean = scaled(load(x), share, before_share);
    const auto even = static_cast<std::int16_t>(mean), odd = static_cast<std::int16_t>(mean >> 16);
    *x = {static_cast<std::int16_t>(even + odd), 0};
    Complex16* last = x + count;
    *last = {static_cast<std::int16_t>(even - odd), 0};
    for (++x, --last; x <= last; ++x, --last, ++w) {
      const Word a = scaled(load(x), share, before_share);
      const Word b = scaled_conjugate(load(last), share, before_share);
      const Word sum = two<'+'>(a, b), turned = product(two<'-'>(a, b), load(w), before_product);
      Word upper, lower, mirrored;
      asm("shadd16 %0, %1, %2" : "=r"(upper) : "r"(sum), "r"(turned));
      asm("shsub16 %0, %1, %2" : "=r"(lower) : "r"(sum), "r"(turned));
      asm("shsub16 %0, %1, %2" : "=r"(mirrored) : "r"(turned), "r"(sum));
      asm("pkhbt %0, %1, %2" : "=r"(lower) : "r"(lower), "r"(mirrored));
      store(x, upper);
      store(last, lower);
    }
  }

  static void energies(Complex16* x, std::size_t count) {
    for (Complex16* const end = x + count; x != end; ++x) {
      Word energy;
      asm("smuad %0, %1, %1" : "=r"(energy) : "r"(load(x)) : "cc");
      store(x, energy);
    }
  }

 private:
  static Word load(const Complex16* x) { return std::bit_cast<Word>(*x); }
  static void store(Complex16* x, Word word) { *x = std::bit_cast<Complex16>(word); }
  // Of two neighbours, of any alignment.
  static Word load(const std::int16_t* x) {
    Word word;
    __builtin_memcpy(&word, x, sizeof word);
    return word;
  }

  // Both halves times share / 65536, rounded.
  static Word scaled(Word x, std::int32_t share, std::int32_t before) {
    std::int32_t real, imaginary;
    asm("smlabb %0, %1, %2, %3" : "=r"(real) : "r"(x), "r"(share), "r"(before));
    asm("smlatb %0, %1, %2, %3" : "=r"(imaginary) : "r"(x), "r"(share), "r"(before));
    return packed<16>(real, imaginary);
  }
  static Word scaled_conjugate(Word x, std::int32_t share, std::int32_t before) {
    std::int32_t real, imaginary;
    asm("smlabb %0, %1, %2, %3" : "=r"(real) : "r"(x), "r"(share), "r"(before));
    asm("ssub16 %0, %1, %2" : "=r"(x) : "r"(0), "r"(x) : "cc");
    asm("smlatb %0, %1, %2, %3" : "=r"(imaginary) : "r"(x), "r"(share), "r"(before));
    return packed<16>(real, imaginary);
  }
  static Word scaled_wide(Word x, std::int32_t share) {
    const auto low = static_cast<std::int16_t>(x);
    return packed<16>(low * share + (1 << 15), (static_cast<std::int32_t>(x) >> 16) * share + (1 << 15));
  }
  // real >> shift below, imaginary's upper half above.
  template <int Shift>
  static Word packed(std::int32_t real, std::int32_t imaginary) {
    Word both;
    asm("pkhtb %0, %1, %2, asr %3" : "=r"(both) : "r"(imaginary), "r"(real), "i"(Shift));
    return both;
  }

  static Word product(Word x, Word w, std::int32_t before) {
    std::int32_t real, imaginary;
    asm("smlsd %0, %1, %2, %3" : "=r"(real) : "r"(x), "r"(w), "r"(before) : "cc");
    asm("smladx %0, %1, %2, %3" : "=r"(imaginary) : "r"(x), "r"(w), "r"(before) : "cc");
    return packed<15>(real, static_cast<std::int32_t>(static_cast<Word>(imaginary) << 1));
  }

  template <char Operation>
  static Word two(Word a, Word b) {
    Word both;
    if constexpr (Operation == '+')
      asm("sadd16 %0, %1, %2" : "=r"(both) : "r"(a), "r"(b) : "cc");
    else
      asm("ssub16 %0, %1, %2" : "=r"(both) : "r"(a), "r"(b) : "cc");
    return both;
  }

  [[gnu::always_inline]] static void butterfly(Word a, Word b, Word c, Word d, Complex16* y, std::size_t distance) {
    const Word even = two<'+'>(a, c), odd = two<'-'>(a, c), sum = two<'+'>(b, d), difference = two<'-'>(b, d);
    Word up, down;
    asm("ssax %0, %1, %2" : "=r"(down) : "r"(odd), "r"(difference) : "cc");
    asm("sasx %0, %1, %2" : "=r"(up) : "r"(odd), "r"(difference) : "cc");
    store(y, two<'+'>(even, sum));
    store(y + distance, down);
    store(y + 2 * distance, two<'-'>(even, sum));
    store(y + 3 * distance, up);
  }
};

}  // namespace target
