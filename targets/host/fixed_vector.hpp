// FixedVector: eight or sixteen numbers of 16 bits, on x86: with SSE2, which each has, or AVX2 where the compiler may use it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <immintrin.h>

#include "nn/number/fixed.hpp"

namespace target {

#ifdef __AVX2__
using FixedVector = __m256i;
inline FixedVector load_fixed(const void* place) { return _mm256_loadu_si256(static_cast<const __m256i*>(place)); }
inline void store_fixed(void* place, FixedVector v) { _mm256_storeu_si256(static_cast<__m256i*>(place), v); }
inline FixedVector each_16(std::int16_t x) { return _mm256_set1_epi16(x); }
inline FixedVector each_32(std::int32_t x) { return _mm256_set1_epi32(x); }
inline FixedVector pair_products(FixedVector a, FixedVector b) { return _mm256_madd_epi16(a, b); }  // a0·b0 + a1·b1, …: 32 bits
inline FixedVector add_32(FixedVector a, FixedVector b) { return _mm256_add_epi32(a, b); }
inline FixedVector subtract_32(FixedVector a, FixedVector b) { return _mm256_sub_epi32(a, b); }
// |x|, at most 32767
inline FixedVector sizes(FixedVector x) { return _mm256_max_epi16(x, _mm256_subs_epi16(FixedVector{}, x)); }
inline FixedVector greater_16(FixedVector a, FixedVector b) { return _mm256_max_epi16(a, b); }
inline FixedVector either(FixedVector a, FixedVector b) { return _mm256_or_si256(a, b); }
// a · b as 32 bits: of the lower half of each 16 bytes, and of the upper.
inline FixedVector lower_products(FixedVector a, FixedVector b) {
  return _mm256_unpacklo_epi16(_mm256_mullo_epi16(a, b), _mm256_mulhi_epi16(a, b));
}
inline FixedVector upper_products(FixedVector a, FixedVector b) {
  return _mm256_unpackhi_epi16(_mm256_mullo_epi16(a, b), _mm256_mulhi_epi16(a, b));
}
// A half vector of numbers, as 32 bits.
inline FixedVector load_wide(const void* place) {
  return _mm256_cvtepi16_epi32(_mm_loadu_si128(static_cast<const __m128i*>(place)));
}
inline FixedVector lower_wide(FixedVector x) { return _mm256_srai_epi32(_mm256_unpacklo_epi16(x, x), 16); }
inline FixedVector upper_wide(FixedVector x) { return _mm256_srai_epi32(_mm256_unpackhi_epi16(x, x), 16); }
inline FixedVector narrowed(FixedVector lower, FixedVector upper) { return _mm256_packs_epi32(lower, upper); }  // saturates
inline __m128i narrowed(FixedVector x) { return _mm_packs_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)); }
inline FixedVector shifted(FixedVector x, __m128i count) { return _mm256_sra_epi32(x, count); }
inline FixedVector shifted_up(FixedVector x, int count) { return _mm256_slli_epi32(x, count); }
inline FixedVector halved(FixedVector x) { return _mm256_srai_epi32(x, 1); }
inline __m128i folded(FixedVector x) { return _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)); }
inline FixedVector both_of(FixedVector a, FixedVector b) { return _mm256_and_si256(a, b); }
inline FixedVector high_halves(FixedVector a, FixedVector b) { return _mm256_mulhi_epi16(a, b); }  // a·b / 2^16, downwards
inline FixedVector low_halves(FixedVector a, FixedVector b) { return _mm256_mullo_epi16(a, b); }
inline FixedVector saturating_add(FixedVector a, FixedVector b) { return _mm256_adds_epi16(a, b); }
inline FixedVector add_16(FixedVector a, FixedVector b) { return _mm256_add_epi16(a, b); }
inline FixedVector shifted_16(FixedVector x, __m128i count) { return _mm256_sra_epi16(x, count); }
inline FixedVector halved_16(FixedVector x) { return _mm256_srai_epi16(x, 1); }
inline FixedVector above_16_bits(FixedVector x) { return _mm256_srai_epi32(x, 16); }
inline std::uint32_t signs_32(FixedVector x) { return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(x))); }
inline FixedVector highest_bits(FixedVector x) { return _mm256_srli_epi16(x, 15); }
// a0 b0 a1 b1 … of each 16 bytes
inline FixedVector lower_pairs(FixedVector a, FixedVector b) { return _mm256_unpacklo_epi16(a, b); }
inline FixedVector upper_pairs(FixedVector a, FixedVector b) { return _mm256_unpackhi_epi16(a, b); }
#else
using FixedVector = __m128i;
inline FixedVector load_fixed(const void* place) { return _mm_loadu_si128(static_cast<const __m128i*>(place)); }
inline void store_fixed(void* place, FixedVector v) { _mm_storeu_si128(static_cast<__m128i*>(place), v); }
inline FixedVector each_16(std::int16_t x) { return _mm_set1_epi16(x); }
inline FixedVector each_32(std::int32_t x) { return _mm_set1_epi32(x); }
inline FixedVector pair_products(FixedVector a, FixedVector b) { return _mm_madd_epi16(a, b); }
inline FixedVector add_32(FixedVector a, FixedVector b) { return _mm_add_epi32(a, b); }
inline FixedVector subtract_32(FixedVector a, FixedVector b) { return _mm_sub_epi32(a, b); }
inline FixedVector sizes(FixedVector x) { return _mm_max_epi16(x, _mm_subs_epi16(FixedVector{}, x)); }
inline FixedVector greater_16(FixedVector a, FixedVector b) { return _mm_max_epi16(a, b); }
inline FixedVector either(FixedVector a, FixedVector b) { return _mm_or_si128(a, b); }
inline FixedVector lower_products(FixedVector a, FixedVector b) {
  return _mm_unpacklo_epi16(_mm_mullo_epi16(a, b), _mm_mulhi_epi16(a, b));
}
inline FixedVector upper_products(FixedVector a, FixedVector b) {
  return _mm_unpackhi_epi16(_mm_mullo_epi16(a, b), _mm_mulhi_epi16(a, b));
}
inline FixedVector load_wide(const void* place) {
  return _mm_srai_epi32(_mm_unpacklo_epi16(__m128i{}, _mm_loadl_epi64(static_cast<const __m128i*>(place))), 16);
}
inline FixedVector lower_wide(FixedVector x) { return _mm_srai_epi32(_mm_unpacklo_epi16(x, x), 16); }
inline FixedVector upper_wide(FixedVector x) { return _mm_srai_epi32(_mm_unpackhi_epi16(x, x), 16); }
inline FixedVector narrowed(FixedVector lower, FixedVector upper) { return _mm_packs_epi32(lower, upper); }
inline FixedVector shifted(FixedVector x, __m128i count) { return _mm_sra_epi32(x, count); }
inline FixedVector shifted_up(FixedVector x, int count) { return _mm_slli_epi32(x, count); }
inline FixedVector halved(FixedVector x) { return _mm_srai_epi32(x, 1); }
inline __m128i folded(FixedVector x) { return x; }
inline FixedVector both_of(FixedVector a, FixedVector b) { return _mm_and_si128(a, b); }
inline FixedVector high_halves(FixedVector a, FixedVector b) { return _mm_mulhi_epi16(a, b); }
inline FixedVector low_halves(FixedVector a, FixedVector b) { return _mm_mullo_epi16(a, b); }
inline FixedVector saturating_add(FixedVector a, FixedVector b) { return _mm_adds_epi16(a, b); }
inline FixedVector add_16(FixedVector a, FixedVector b) { return _mm_add_epi16(a, b); }
inline FixedVector shifted_16(FixedVector x, __m128i count) { return _mm_sra_epi16(x, count); }
inline FixedVector halved_16(FixedVector x) { return _mm_srai_epi16(x, 1); }
inline FixedVector above_16_bits(FixedVector x) { return _mm_srai_epi32(x, 16); }
inline std::uint32_t signs_32(FixedVector x) { return static_cast<std::uint32_t>(_mm_movemask_ps(_mm_castsi128_ps(x))); }
inline FixedVector highest_bits(FixedVector x) { return _mm_srli_epi16(x, 15); }
inline FixedVector lower_pairs(FixedVector a, FixedVector b) { return _mm_unpacklo_epi16(a, b); }
inline FixedVector upper_pairs(FixedVector a, FixedVector b) { return _mm_unpackhi_epi16(a, b); }
#endif

// sum + (a0·b0 + a1·b1), … (As one instruction of AVX-512 VNNI it was slower: each waits for the one before.)
[[gnu::always_inline]] inline FixedVector add_pair_products(FixedVector sum, FixedVector a, FixedVector b) {
  return add_32(sum, pair_products(a, b));
}

inline constexpr std::size_t fixed_width = sizeof(FixedVector) / 2;

// Vectors for numbers that meet none beside them: of 512 bits where there are such, and where they are `Wide`.
template <bool Wide>
struct FixedLanes {
  using Vector = FixedVector;
  static Vector load(const void* place) { return load_fixed(place); }
  static Vector each(std::int32_t x) { return each_32(x); }
  static Vector of_numbers(std::int16_t x) { return each_16(x); }
};
#ifdef __AVX512BW__
inline constexpr bool has_wide_fixed = true;
inline constexpr __mmask16 all_words = 0xffff;  // of the forms without a mask g++ 12 warns
template <>
struct FixedLanes<true> {
  using Vector = __m512i;
  static Vector load(const void* place) { return _mm512_loadu_si512(place); }
  static Vector each(std::int32_t x) { return _mm512_set1_epi32(x); }
  static Vector of_numbers(std::int16_t x) { return _mm512_set1_epi16(x); }
};
inline void store_fixed(void* place, __m512i v) { _mm512_storeu_si512(place, v); }
inline __m512i add_32(__m512i a, __m512i b) { return _mm512_add_epi32(a, b); }
inline __m512i subtract_32(__m512i a, __m512i b) { return _mm512_sub_epi32(a, b); }
inline __m512i either(__m512i a, __m512i b) { return _mm512_or_si512(a, b); }
inline __m512i high_halves(__m512i a, __m512i b) { return _mm512_mulhi_epi16(a, b); }
inline __m512i saturating_add(__m512i a, __m512i b) { return _mm512_adds_epi16(a, b); }
inline __m512i add_16(__m512i a, __m512i b) { return _mm512_add_epi16(a, b); }
inline __m512i shifted_16(__m512i x, __m128i count) { return _mm512_sra_epi16(x, count); }
inline __m512i halved_16(__m512i x) { return _mm512_srai_epi16(x, 1); }
inline std::uint32_t signs_32(__m512i x) { return _mm512_cmplt_epi32_mask(x, __m512i{}); }
[[gnu::always_inline]] inline __m512i add_pair_products(__m512i sum, __m512i a, __m512i b) {
  return add_32(sum, _mm512_madd_epi16(a, b));
}
#else
inline constexpr bool has_wide_fixed = false;
#endif

// The sums of four vectors of 32 bits.
[[gnu::always_inline]] inline __m128i sums_of_four(const FixedVector* v) {
  const __m128i a = folded(v[0]), b = folded(v[1]), c = folded(v[2]), d = folded(v[3]);
  const __m128i ab = _mm_add_epi32(_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b));  // a0+a2, b0+b2, a1+a3, b1+b3
  const __m128i cd = _mm_add_epi32(_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
  return _mm_add_epi32(_mm_unpacklo_epi64(ab, cd), _mm_unpackhi_epi64(ab, cd));
}
#ifdef __AVX2__
[[gnu::always_inline]] inline __m256i sums_of_eight(const __m256i* v) {
  const auto of_two = [](__m256i a, __m256i b) { return add_32(_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b)); };
  const auto of_four = [&](const __m256i* u) {
    const __m256i ab = of_two(u[0], u[1]), cd = of_two(u[2], u[3]);
    return add_32(_mm256_unpacklo_epi64(ab, cd), _mm256_unpackhi_epi64(ab, cd));
  };
  const __m256i abcd = of_four(v), efgh = of_four(v + 4);  // of each half
  return add_32(_mm256_permute2x128_si256(abcd, efgh, 0x20), _mm256_permute2x128_si256(abcd, efgh, 0x31));
}
[[gnu::always_inline]] inline __m256i saturating_sums(__m256i a, __m256i b) {
  const __m256i sum = add_32(a, b);
  const __m256i beyond = _mm256_srai_epi32(_mm256_andnot_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(a, sum)), 31);
  const __m256i limit = _mm256_xor_si256(_mm256_srai_epi32(a, 31), _mm256_set1_epi32(INT32_MAX));
  return _mm256_blendv_epi8(sum, limit, beyond);
}
#endif
inline std::int32_t sum_of(FixedVector v) {
  const FixedVector all[4]{v, FixedVector{}, FixedVector{}, FixedVector{}};
  return _mm_cvtsi128_si32(sums_of_four(all));
}

// All but the first `count` numbers of 16 bits, for vectors that end with a row of which so many are done.
inline FixedVector after(std::size_t count) {
  static constexpr auto masks = [] {
    std::array<std::int16_t, 2 * fixed_width> mask{};
    for (std::size_t i = fixed_width; i < 2 * fixed_width; ++i) mask[i] = -1;
    return mask;
  }();
  return load_fixed(masks.data() + (fixed_width - count));
}

// Four numbers of 32 bits: their sums, at the limits where these are beyond them.
[[gnu::always_inline]] inline __m128i saturating_sums(__m128i a, __m128i b) {
  const __m128i sum = _mm_add_epi32(a, b);
  const __m128i beyond = _mm_srai_epi32(_mm_andnot_si128(_mm_xor_si128(a, b), _mm_xor_si128(a, sum)), 31);
  const __m128i limit = _mm_xor_si128(_mm_srai_epi32(a, 31), _mm_set1_epi32(INT32_MAX));
  return _mm_or_si128(_mm_and_si128(beyond, limit), _mm_andnot_si128(beyond, sum));
}

// Of sizes.
inline std::int32_t largest_of(FixedVector v) {
#ifdef __AVX2__
  __m128i most = _mm_max_epi16(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
#else
  __m128i most = v;
#endif
  most = _mm_max_epi16(most, _mm_srli_si128(most, 8));
  most = _mm_max_epi16(most, _mm_srli_si128(most, 4));
  most = _mm_max_epi16(most, _mm_srli_si128(most, 2));
  return _mm_cvtsi128_si32(most) & 0x7fff;
}

template <int Fraction>
const std::int16_t* raw(const nn::Fixed<16, Fraction>* x) {
  return reinterpret_cast<const std::int16_t*>(x);
}
inline __m128i four_words(const void* place) { return _mm_loadu_si128(static_cast<const __m128i*>(place)); }
inline std::int32_t magnitude(std::int32_t x) { return x < 0 ? -x : x; }

// Numbers of 32 bits, two of 16 in each.
inline std::int32_t pair_of(std::int16_t low, std::int16_t high) {
  const std::uint32_t lower = static_cast<std::uint16_t>(low), upper = static_cast<std::uint16_t>(high);
  return static_cast<std::int32_t>(lower | upper << 16);
}

}  // namespace target
