// Eight words of 32 bits at a time, with AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "fixed_vector.hpp"
#include "nn/number/mantissa.hpp"

#ifdef __AVX2__

namespace target {

inline __m256i each_word(std::uint32_t x) { return _mm256_set1_epi32(static_cast<std::int32_t>(x)); }
inline __m256i load_words(const void* place) { return _mm256_loadu_si256(static_cast<const __m256i*>(place)); }
inline void store_words(void* place, __m256i v) { _mm256_storeu_si256(static_cast<__m256i*>(place), v); }
inline __m256i odd_words(__m256i x) { return _mm256_srli_epi64(x, 32); }  // each where the even one before it was
inline __m256i interleaved(__m256i even, __m256i odd) { return _mm256_blend_epi32(even, odd, 0xaa); }

// As nn::mantissa::high_product.
[[gnu::always_inline]] inline __m256i high_products(__m256i a, __m256i b) {
  const __m256i even = _mm256_mul_epu32(a, b), odd = _mm256_mul_epu32(odd_words(a), odd_words(b));
#ifdef __AVX512VL__
  return _mm256_mask_shuffle_epi32(odd, 0x55, even, _MM_PERM_DDBB);  // at once
#else
  return interleaved(odd_words(even), odd);
#endif
}

// table[k >> 28] of each k.
template <class Word>
inline __m256i of_sixteen(const std::array<Word, 16>& table, __m256i k) {
  const __m256i place = _mm256_srli_epi32(k, 28);
  const __m256i low = _mm256_permutevar8x32_epi32(load_words(table.data()), place);
  const __m256i high = _mm256_permutevar8x32_epi32(load_words(table.data() + 8), place);
  return _mm256_blendv_epi8(low, high, _mm256_srai_epi32(k, 31));
}

// std::countl_zero of each. The exponent of a float tells, whose rounding does not carry beyond the highest bit if the eighth
// below it is taken away.
inline __m256i leading_zeros_by_exponents(__m256i x) {
  const __m256i no_carry = _mm256_andnot_si256(_mm256_srli_epi32(x, 8), x);
  const __m256i exponent = _mm256_srli_epi32(_mm256_castps_si256(_mm256_cvtepi32_ps(no_carry)), 23);
  const __m256i zeros = _mm256_min_epi32(_mm256_sub_epi32(each_word(158), exponent), each_word(32));
  return _mm256_andnot_si256(_mm256_srai_epi32(x, 31), zeros);
}
inline __m256i leading_zeros(__m256i x) {
#if defined __AVX512CD__ && defined __AVX512VL__
  return _mm256_lzcnt_epi32(x);
#else
  return leading_zeros_by_exponents(x);
#endif
}

// The same as a type with operators, and sixteen at a time where there is AVX-512: WideWords. Shifts by counts in lanes give 0
// beyond 31.
typedef std::uint32_t Words8 __attribute__((vector_size(32)));
typedef std::int32_t Signed8 __attribute__((vector_size(32)));
typedef std::uint64_t Longs4 __attribute__((vector_size(32)));
typedef float Floats8 __attribute__((vector_size(32)));
inline __m256i plain(Words8 x) { return reinterpret_cast<__m256i>(x); }
inline Words8 words_of(__m256i x) { return reinterpret_cast<Words8>(x); }
inline Signed8 as_signed(Words8 x) { return reinterpret_cast<Signed8>(x); }
inline Longs4 as_longs(Words8 x) { return reinterpret_cast<Longs4>(x); }
inline Floats8 in_float(Words8 x) { return __builtin_convertvector(as_signed(x), Floats8); }
inline Words8 towards_0(Floats8 x) { return words_of(_mm256_cvttps_epi32(x)); }
inline Words8 high_products(Words8 a, Words8 b) { return words_of(high_products(plain(a), plain(b))); }
inline Words8 leading_zeros(Words8 x) { return words_of(leading_zeros(plain(x))); }
inline Words8 left_each(Words8 x, Words8 by) { return words_of(_mm256_sllv_epi32(plain(x), plain(by))); }
inline Words8 right_each(Words8 x, Words8 by) { return words_of(_mm256_srlv_epi32(plain(x), plain(by))); }
inline Words8 sizes_of(Words8 x) { return words_of(_mm256_abs_epi32(plain(x))); }
inline Words8 lesser(Words8 a, Words8 b) { return words_of(_mm256_min_epu32(plain(a), plain(b))); }
inline Words8 greater(Words8 a, Words8 b) { return words_of(_mm256_max_epu32(plain(a), plain(b))); }
inline bool any(Words8 x) { return _mm256_testz_si256(plain(x), plain(x)) == 0; }
inline bool any_below_1(Words8 x) { return any(reinterpret_cast<Words8>(as_signed(x) < 1)); }
// a / b for a whose highest bit is set and b of 2^15 to 2^16: as floats it is at most 1 off, which the remainder tells.
inline Words8 near_quotients(Words8 a, Words8 b) {
  const Floats8 half = in_float(a >> 1) / in_float(b);
  return towards_0(half + half);
}
inline Words8 exact_quotients(Words8 near, Words8 a, Words8 b) {
  const Words8 rest = a - near * b;
  const Signed8 below = as_signed(rest) >> 31, above = as_signed(rest) > as_signed(b - 1u);
  return near + reinterpret_cast<Words8>(below) - reinterpret_cast<Words8>(above);
}
// nn::mantissa::inverted_roots of k - 64, for k of 64 to 255.
inline Words8 inverted_roots(Words8 k) {
  static constexpr auto table = [] {
    std::array<std::int32_t, 256> words{};
    for (std::size_t i = 64; i < words.size(); ++i) words[i] = nn::mantissa::inverted_roots[i - 64];
    return words;
  }();
  return words_of(_mm256_i32gather_epi32(table.data(), plain(k), 4));
}
inline Longs4 signed_products(Longs4 a, Longs4 b) {  // of the even words
  return reinterpret_cast<Longs4>(_mm256_mul_epi32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
}
inline Words8 interleaved(Longs4 even, Longs4 odd) {
  return words_of(interleaved(reinterpret_cast<__m256i>(even), reinterpret_cast<__m256i>(odd)));
}
inline Words8 load_shorts(Words8, const void* place) { return words_of(load_wide(place)); }
inline void store_narrowed(std::int16_t* place, Words8 x) {  // at the limits of 16 bits
  _mm_storeu_si128(reinterpret_cast<__m128i*>(place), narrowed(plain(x)));
}
#if defined __AVX512BW__ && defined __AVX512CD__
typedef std::uint32_t Words16 __attribute__((vector_size(64)));
typedef std::int32_t Signed16 __attribute__((vector_size(64)));
typedef std::uint64_t Longs8 __attribute__((vector_size(64)));
using WideWords = Words16;
inline __m512i plain(Words16 x) { return reinterpret_cast<__m512i>(x); }
inline Words16 words_of(__m512i x) { return reinterpret_cast<Words16>(x); }
inline Signed16 as_signed(Words16 x) { return reinterpret_cast<Signed16>(x); }
inline Longs8 as_longs(Words16 x) { return reinterpret_cast<Longs8>(x); }
inline Words16 high_products(Words16 a, Words16 b) {
  const __m512i odd_a = reinterpret_cast<__m512i>(as_longs(a) >> 32), odd_b = reinterpret_cast<__m512i>(as_longs(b) >> 32);
  const __m512i even = _mm512_maskz_mul_epu32(0xff, plain(a), plain(b)), odd = _mm512_maskz_mul_epu32(0xff, odd_a, odd_b);
  return words_of(_mm512_mask_shuffle_epi32(odd, 0x5555, even, _MM_PERM_DDBB));
}
inline Words16 leading_zeros(Words16 x) { return words_of(_mm512_maskz_lzcnt_epi32(all_words, plain(x))); }
inline Words16 left_each(Words16 x, Words16 by) { return words_of(_mm512_maskz_sllv_epi32(all_words, plain(x), plain(by))); }
inline Words16 right_each(Words16 x, Words16 by) { return words_of(_mm512_maskz_srlv_epi32(all_words, plain(x), plain(by))); }
inline Words16 sizes_of(Words16 x) { return words_of(_mm512_maskz_abs_epi32(all_words, plain(x))); }
inline Words16 lesser(Words16 a, Words16 b) { return words_of(_mm512_maskz_min_epu32(all_words, plain(a), plain(b))); }
inline Words16 greater(Words16 a, Words16 b) { return words_of(_mm512_maskz_max_epu32(all_words, plain(a), plain(b))); }
inline bool any(Words16 x) { return _mm512_test_epi32_mask(plain(x), plain(x)) != 0; }
inline bool any_below_1(Words16 x) { return _mm512_cmplt_epi32_mask(plain(x), plain(Words16{} + 1u)) != 0; }
// Both operands and the quotient are rounded down: what is lost of it is less than 1.
inline Words16 near_quotients(Words16 a, Words16 b) {
  constexpr int down = _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC;
  const __m512 dividend = _mm512_maskz_cvt_roundepu32_ps(all_words, plain(a), down);
  const __m512 divisor = _mm512_maskz_cvt_roundepu32_ps(all_words, plain(b), down);  // exact
  return words_of(_mm512_maskz_cvttps_epu32(all_words, _mm512_maskz_div_round_ps(all_words, dividend, divisor, down)));
}
inline Words16 exact_quotients(Words16 near, Words16 a, Words16 b) {
  const Words16 rest = a - near * b;
  const __mmask16 too_small = _mm512_cmpge_epu32_mask(plain(rest), plain(b));
  return words_of(_mm512_mask_add_epi32(plain(near), too_small, plain(near), plain(Words16{} + 1u)));
}
inline Words16 inverted_roots(Words16 k) {
  const std::uint16_t* const table = nn::mantissa::inverted_roots.data();
  const auto of_64 = [&](std::size_t first) {
    return _mm512_maskz_permutex2var_epi16(0x55555555, _mm512_loadu_si512(table + first), plain(k),
                                           _mm512_loadu_si512(table + first + 32));
  };
  const auto above = [&](std::uint32_t least) { return _mm512_cmpgt_epu32_mask(plain(k), plain(Words16{} + least)); };
  const __m512i below_192 = _mm512_mask_mov_epi32(of_64(0), above(127), of_64(64));
  const __m512i all = _mm512_mask_mov_epi32(below_192, above(191), of_64(128));
  return words_of(all);
}
inline Longs8 signed_products(Longs8 a, Longs8 b) {
  return reinterpret_cast<Longs8>(
      _mm512_maskz_mul_epi32(0xff, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}
inline Words16 interleaved(Longs8 even, Longs8 odd) {
  return words_of(_mm512_mask_blend_epi32(0xaaaa, reinterpret_cast<__m512i>(even), reinterpret_cast<__m512i>(odd)));
}
inline Words16 load_shorts(Words16, const void* place) {
  return words_of(_mm512_maskz_cvtepi16_epi32(all_words, load_fixed(place)));
}
inline void store_narrowed(std::int16_t* place, Words16 x) {
  store_fixed(place, _mm512_maskz_cvtsepi32_epi16(all_words, plain(x)));
}
#else
using WideWords = Words8;
#endif

template <class W>
W load_as_words(const void* place) {
  W words;
  std::memcpy(&words, place, sizeof words);
  return words;
}

// Numbers of 16 or 32 bits.
template <class W, class Number>
W load_numbers(W, const Number* place) {
  static_assert(sizeof(Number) == 2 || sizeof(Number) == 4, "numbers to load have 16 or 32 bits");
  if constexpr (sizeof(Number) == 2) return load_shorts(W{}, place);
  else return load_as_words<W>(place);
}

// Signed x / 2^dropped to the nearest; dropped is 1 to 31.
template <class W>
W to_nearest(W x, int dropped) {
  return reinterpret_cast<W>(((as_signed(x) >> (dropped - 1)) + 1) >> 1);
}

// x·mantissa / 2^dropped to the nearest, where that has 32 bits; dropped is 1 to 32.
struct Times {
  std::uint32_t mantissa;
  int dropped;
  template <class W>
  W operator()(W x) const {
    const auto factor = as_longs(W{} + mantissa);
    const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
    const auto even = signed_products(as_longs(x), factor) + half, odd = signed_products(as_longs(x) >> 32, factor) + half;
    return interleaved(even >> dropped, odd << (32 - dropped));
  }
};
// The same by a power of two, 2 to 31 bits.
struct Shifted {
  int dropped;
  template <class W>
  W operator()(W x) const {
    return to_nearest(x, dropped);
  }
};

}  // namespace target
#endif
