// fixed_short_softmax: nn::softmax of up to sixteen 16-bit numbers in one vector of 512 bits, with the bits of the portable one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fixed_vector.hpp"
#include "nn/number/elementary.hpp"
#include "nn/number/fixed.hpp"
#include "words.hpp"

namespace target {

#if defined __AVX512BW__ && defined __AVX512CD__ && defined __AVX512VL__
// e^(-below / 2^Fraction) with 15 bits behind the point, of words below 2^16: three factors of tables, for bits 9 to 13, 4 to 8
// and 0 to 3; what is above is 0 as the largest of these is. Tests compare all of them with nn::exp, for each Fraction.
template <int Fraction>
[[gnu::always_inline]] inline Words16 short_exponentials(Words16 below) {
  static_assert(3 <= Fraction && Fraction <= 10, "the tables are of 3 to 10 fraction bits");
  struct Tables {
    alignas(64) std::array<std::uint32_t, 32> high{}, middle{};
    alignas(64) std::array<std::uint32_t, 16> low{};
  };
  static constexpr Tables tables = [] {
    const auto power = [](std::size_t k, int first_bit) {
      const double e = nn::Elementary<double>::exp(-static_cast<double>(k << first_bit) / (1 << Fraction)) * 0x1p32;
      return e < 0x1p32 - 1 ? static_cast<std::uint32_t>(e + 0.5) : ~std::uint32_t{0};
    };
    Tables t;
    for (std::size_t k = 0; k < 32; ++k) t.high[k] = power(k, 9), t.middle[k] = power(k, 4);
    for (std::size_t k = 0; k < 16; ++k) t.low[k] = power(k, 0);
    return t;
  }();
  const auto of_32 = [](const auto& table, Words16 k) {
    return words_of(_mm512_permutex2var_epi32(_mm512_load_si512(table.data()), plain(k), _mm512_load_si512(table.data() + 16)));
  };
  const Words16 of = lesser(below, Words16{} + 0x3fffu);
  const Words16 low = words_of(_mm512_maskz_permutexvar_epi32(all_words, plain(of), _mm512_load_si512(tables.low.data())));
  const Words16 e = high_products(high_products(of_32(tables.high, of >> 9), of_32(tables.middle, of >> 4)), low);
  return lesser(((e >> 16) + 1u) >> 1, Words16{} + 32767u);
}

// Numbers x[0] to x[Count], at most eight, by loads that find what was stored in such pieces.
template <std::size_t Count>
[[gnu::always_inline]] inline __m128i first_numbers(const void* x) {
  if constexpr (Count == 8) return _mm_loadu_si128(static_cast<const __m128i*>(x));
  else if constexpr (Count == 4) return _mm_loadl_epi64(static_cast<const __m128i*>(x));
  else if constexpr (Count == 2) return _mm_loadu_si32(x);
  else return _mm_maskz_loadu_epi16((1u << Count) - 1, x);
}

// As fixed_softmax. A share is e·2^(OutputFraction + 1) / sum half steps, which the portable one gets by a reciprocal with an
// error of less than 2^-29: less than what such a quotient differs from the next whole number, unless it is one. If it is an odd
// one, that error decides. Such are there only where 2^(OutputFraction + 1) divides the sum: then this gives false, and stores
// `highest` alone.
template <std::size_t Count, int InputFraction, int OutputFraction>
bool fixed_short_softmax(const nn::Fixed<16, InputFraction>* x, nn::Fixed<16, OutputFraction>* y,
                         nn::Fixed<16, InputFraction>& highest, nn::Fixed<32, 15>& sum) {
  static_assert(1 <= Count && Count <= 16 && OutputFraction <= 13, "expected 1 to 16 numbers and shares of at most 13 bits");
  constexpr std::size_t lower = Count < 8 ? Count : 8, upper = Count - lower;
  constexpr __mmask16 used = (std::uint32_t{1} << Count) - 1;
  const __m128i least = _mm_set1_epi16(INT16_MIN), from_0 = _mm_set1_epi16(INT16_MAX);
  __m128i low = first_numbers<lower>(x), high = least;
  if constexpr (lower < 8) low = _mm_mask_mov_epi16(least, (1u << lower) - 1, low);
  if constexpr (upper != 0) high = _mm_mask_mov_epi16(least, (1u << upper) - 1, first_numbers<upper>(x + 8));
  const __m128i most = _mm_xor_si128(_mm_minpos_epu16(_mm_xor_si128(_mm_max_epi16(low, high), from_0)), from_0);
  highest.raw = static_cast<std::int16_t>(_mm_cvtsi128_si32(most));

  const __m256i numbers = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
  const __m256i below = _mm256_sub_epi16(_mm256_broadcastw_epi16(most), numbers);
  const Words16 all = short_exponentials<InputFraction>(words_of(_mm512_maskz_cvtepu16_epi32(used, below)));
  const __m512i e = _mm512_maskz_mov_epi32(used, plain(all));
  const __m256i halves[]{_mm512_maskz_extracti64x4_epi64(0xff, e, 0), _mm512_maskz_extracti64x4_epi64(0xff, e, 1)};
  __m128i total = folded(add_32(halves[0], halves[1]));
  total = _mm_add_epi32(total, _mm_shuffle_epi32(total, 0x4e));
  total = _mm_add_epi32(total, _mm_shuffle_epi32(total, 0xb1));
  const std::int32_t of_all = _mm_cvtsi128_si32(total);
  if ((of_all & ((2 << OutputFraction) - 1)) == 0) return false;
  sum.raw = of_all;

  const __m128d share = _mm_div_pd(_mm_set1_pd(2 << OutputFraction), _mm_cvtepi32_pd(total));
  const auto store = [&](__m256i numbers_of_half, auto* place, std::size_t count) {
    const __m512d twice = _mm512_maskz_mul_pd(0xff, _mm512_maskz_cvtepi32_pd(0xff, numbers_of_half),
                                              _mm512_maskz_broadcastsd_pd(0xff, share));
    const __m128i nearest = narrowed(halved(add_32(_mm512_maskz_cvttpd_epi32(0xff, twice), each_32(1))));
    std::memcpy(place, &nearest, count * sizeof *place);
  };
  store(halves[0], y, lower);
  if constexpr (upper != 0) store(halves[1], y + 8, upper);
  return true;
}
#endif

}  // namespace target
