// exponentials_below: e^(x[i] - highest) of numbers of 16 bits none of which is above `highest`, in the operations of nn::exp and
// with its bits, eight at a time; shares_of: such numbers, as parts of their sum. With AVX2 alone.
#pragma once

#include <array>
#include <cstdint>

#include "fixed_vector.hpp"
#include "nn/number/functions.hpp"
#include "words.hpp"

namespace target {

#ifdef __AVX2__
// As nn::mantissa::exp2, which says what it computes.
inline __m256i power_of_two(__m256i f) {
  static constexpr auto powers = [] {
    std::array<std::int32_t, 16> table{};
    for (std::uint32_t k = 0; k < 16; ++k) table[k] = static_cast<std::int32_t>(nn::mantissa::exp2(k << 28));
    return table;
  }();
  const __m256i t = high_products(_mm256_and_si256(f, each_word(0x0fffffffu)), each_word(nn::mantissa::ln2));
  const __m256i third = high_products(_mm256_add_epi32(t, high_products(t, _mm256_srli_epi32(t, 2))), each_word(0x55555555u));
  const __m256i half = _mm256_srli_epi32(_mm256_add_epi32(t, high_products(t, third)), 1);
  const __m256i above_1 = _mm256_add_epi32(t, high_products(t, half));
  const __m256i power = of_sixteen(powers, f);
  return _mm256_add_epi32(power, high_products(power, above_1));
}

// As nn::mantissa::reciprocal.
inline __m256i reciprocals(__m256i m) {
  __m256i y = of_sixteen(nn::mantissa::inverses, _mm256_slli_epi32(m, 1));
  for (int turn = 0; turn < 3; ++turn) {
    const __m256i off = _mm256_sub_epi32(__m256i{}, _mm256_slli_epi32(high_products(m, y), 1));
    const __m256i correction = _mm256_sub_epi32(high_products(off, y), _mm256_and_si256(y, _mm256_srai_epi32(off, 31)));
    const __m256i next = _mm256_add_epi32(y, correction);
    const __m256i not_less = _mm256_cmpeq_epi32(_mm256_max_epu32(next, y), next);
    y = _mm256_or_si256(next, _mm256_andnot_si256(not_less, _mm256_cmpgt_epi32(off, __m256i{})));
  }
  return _mm256_add_epi32(_mm256_srli_epi32(y, 1), _mm256_and_si256(y, each_word(1)));
}

// To numbers with 15 bits behind the point. `below` is what each is below the highest.
template <int Fraction>
[[gnu::always_inline]] inline __m256i exponentials_below(__m256i below) {
  static_assert(3 <= Fraction && Fraction <= 15, "fixed exponentials on the host take 3 to 15 fraction bits");
  constexpr std::uint32_t log2_e = 0x5c551d95u;  // Q30
  // below / ln 2 = whole + f
  const __m256i high = high_products(below, each_word(log2_e)), low = _mm256_mullo_epi32(below, each_word(log2_e));
  const __m256i whole = _mm256_srli_epi32(high, Fraction - 2);
  const __m256i f = _mm256_or_si256(_mm256_slli_epi32(high, 34 - Fraction), _mm256_srli_epi32(low, Fraction - 2));
  const __m256i m = power_of_two(_mm256_sub_epi32(__m256i{}, f));
  // m / 2^(16 + whole), one more where f is not 0, to the nearest; beyond 32 it is 0
  const __m256i is_whole = _mm256_cmpeq_epi32(f, __m256i{});
  const __m256i dropped = _mm256_add_epi32(_mm256_add_epi32(whole, each_word(16)), is_whole);
  const __m256i size = _mm256_srli_epi32(_mm256_add_epi32(_mm256_srlv_epi32(m, dropped), each_word(1)), 1);
  return _mm256_min_epu32(size, each_word(32767));
}
// The high 32 bits of 2^16·y·share, of which `dropped` are dropped, one at least, to the nearest and at most 32767. No y is below
// 0; a share is 2^31 at most.
inline __m256i shares_of(__m256i y, __m256i share, __m256i dropped) {
  const __m256i even = _mm256_srli_epi64(_mm256_mul_epu32(y, share), 16);
  const __m256i odd = _mm256_slli_epi64(_mm256_mul_epu32(_mm256_srli_epi64(y, 32), _mm256_srli_epi64(share, 32)), 16);
  const __m256i size = _mm256_srlv_epi32(_mm256_blend_epi32(even, odd, 0xaa), _mm256_sub_epi32(dropped, each_word(1)));
  return _mm256_min_epi32(_mm256_srli_epi32(_mm256_add_epi32(size, each_word(1)), 1), each_word(32767));
}
#endif

}  // namespace target
