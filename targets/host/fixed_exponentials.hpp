// fixed_exponentials: e^(x[i] - highest) of numbers of 16 bits none of which is above `highest`, in the operations of nn::exp and
// with its bits, eight at a time where there is AVX2.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "fixed_vector.hpp"
#include "nn/number/functions.hpp"

namespace target {

#ifdef __AVX2__
// As nn::mantissa::high_product and exp2, which say what they compute.
inline __m256i high_products(__m256i a, __m256i b) {
  const __m256i even = _mm256_srli_epi64(_mm256_mul_epu32(a, b), 32);
  const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(a, 32), _mm256_srli_epi64(b, 32));
  return _mm256_blend_epi32(even, odd, 0xaa);
}
inline __m256i each_word(std::uint32_t x) { return _mm256_set1_epi32(static_cast<std::int32_t>(x)); }
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
  const __m256i power = _mm256_i32gather_epi32(powers.data(), _mm256_srli_epi32(f, 28), 4);
  return _mm256_add_epi32(power, high_products(power, above_1));
}

// To numbers with 15 bits behind the point. `below` is what each is below the highest.
template <int Fraction>
__m256i exponentials_below(__m256i below) {
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
#endif

// y may be where x is.
template <int Fraction>
void fixed_exponentials(std::int16_t* y, const std::int16_t* x, std::int32_t highest, std::size_t count) {
  static_assert(3 <= Fraction && Fraction <= 15, "fixed exponentials on the host take 3 to 15 fraction bits");
#ifdef __AVX2__
  for (std::size_t first = 0; first < count; first += 8) {
    const std::size_t used = std::min<std::size_t>(8, count - first);
    std::int32_t numbers[8]{};
    for (std::size_t i = 0; i < used; ++i) numbers[i] = highest - x[first + i];
    const __m256i result = exponentials_below<Fraction>(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(numbers), result);
    for (std::size_t i = 0; i < used; ++i) y[first + i] = static_cast<std::int16_t>(numbers[i]);
  }
#else
  using Exponential = nn::Fixed<16, 15>;
  for (std::size_t i = 0; i < count; ++i) y[i] = nn::exp<Exponential>(nn::Fixed<32, Fraction>{x[i] - highest}).raw;
#endif
}

}  // namespace target
