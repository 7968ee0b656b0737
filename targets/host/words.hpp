// Eight words of 32 bits at a time, with AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#ifdef __AVX2__
#include <immintrin.h>

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

// x·mantissa / 2^dropped to the nearest, where that has 32 bits; dropped is 1 to 32.
struct Times {
  __m256i factor, half;
  __m128i dropped, added;
  Times(std::int32_t mantissa, int by)
      : factor{_mm256_set1_epi32(mantissa)},
        half{_mm256_set1_epi64x(std::int64_t{1} << (by - 1))},
        dropped{_mm_cvtsi32_si128(by)},
        added{_mm_cvtsi32_si128(32 - by)} {}
  __m256i operator()(__m256i x) const {
    const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(x, factor), half);
    const __m256i odd = _mm256_add_epi64(_mm256_mul_epi32(odd_words(x), factor), half);
    return interleaved(_mm256_srl_epi64(even, dropped), _mm256_sll_epi64(odd, added));
  }
};
// The same by a power of two, 2 to 31 bits.
struct Shifted {
  __m128i dropped;
  explicit Shifted(int by) : dropped{_mm_cvtsi32_si128(by - 1)} {}
  __m256i operator()(__m256i x) const {
    return _mm256_srai_epi32(_mm256_add_epi32(_mm256_sra_epi32(x, dropped), each_word(1)), 1);
  }
};

}  // namespace target
#endif
