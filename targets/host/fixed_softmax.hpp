// fixed_softmax: nn::softmax of 16-bit numbers, which are the lanes of vectors; fixed_softmax_of_all: of several samples, each in
// its lane. Both with the bits of one number after the other, and with AVX2 alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "fixed_exponentials.hpp"
#include "nn/number/functions.hpp"

namespace target {

#ifdef __AVX2__
// `sum` has 15 bits behind the point; y may be where x is.
template <std::size_t Count, int InputFraction, int OutputFraction>
void fixed_softmax(const nn::Fixed<16, InputFraction>* x, nn::Fixed<16, OutputFraction>* y,
                   nn::Fixed<16, InputFraction>& highest, nn::Fixed<32, 15>& sum) {
  // The last vector ends with the numbers: its first lanes are those of the one before again, or of nothing.
  constexpr std::size_t vectors = (Count + 7) / 8, again = 8 * vectors - Count, before = vectors == 1 ? again : 0;
  const auto from = [&](std::size_t v) { return std::min(8 * v, std::max<std::size_t>(Count, 8) - 8); };
  std::array<std::int16_t, before + Count> numbers;  // of less than a vector, a whole one
  const std::int16_t* place = raw(x);
  if constexpr (before > 0) {
    numbers.fill(x[0].raw);
    std::memcpy(numbers.data() + before, x, sizeof(std::int16_t) * Count);
    place = numbers.data();
  }
  __m256i e[vectors], most{};
  for (std::size_t v = 0; v < vectors; ++v) {
    e[v] = _mm256_cvtepi16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(place + from(v))));
    most = v == 0 ? e[0] : _mm256_max_epi32(most, e[v]);
  }
  most = _mm256_max_epi32(most, _mm256_permute2x128_si256(most, most, 1));
  most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0x4e));
  most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0xb1));
  highest.raw = static_cast<std::int16_t>(_mm256_cvtsi256_si32(most));

  __m256i total{};
  for (std::size_t v = 0; v < vectors; ++v) {
    e[v] = exponentials_below<InputFraction>(_mm256_sub_epi32(most, e[v]));
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), first = _mm256_set1_epi32(v + 1 < vectors ? 0 : again);
    total = _mm256_add_epi32(total, _mm256_andnot_si256(_mm256_cmpgt_epi32(first, lanes), e[v]));
  }
  sum.raw = sum_of(total);

  const auto [m, exponent] = nn::mantissa::split(static_cast<std::uint32_t>(sum.raw));
  const __m256i share = each_word(nn::mantissa::reciprocal(m)), by = _mm256_set1_epi32(15 + exponent - OutputFraction);
  for (std::size_t v = 0; v < vectors; ++v) {
    const __m256i part = shares_of(e[v], share, by);
    const __m128i eight = _mm_packs_epi32(_mm256_castsi256_si128(part), _mm256_extracti128_si256(part, 1));
    if constexpr (before == 0) _mm_storeu_si128(reinterpret_cast<__m128i*>(y + from(v)), eight);
    else std::memcpy(numbers.data(), &eight, sizeof eight);
  }
  if constexpr (before > 0) std::memcpy(&y->raw, numbers.data() + before, sizeof(std::int16_t) * Count);
}

// Of x [samples][Count] to y; highest[k] and logarithm_of_sum[k] are what a loss goes on from.
template <std::size_t Count, int InputFraction, int OutputFraction, class Loss>
void fixed_softmax_of_all(std::span<const nn::Fixed<16, InputFraction>* const> x,
                          std::span<nn::Fixed<16, OutputFraction>* const> y, nn::Fixed<16, InputFraction>* highest,
                          Loss* logarithm_of_sum) {
  constexpr std::size_t width = 8;
  using Words = std::array<std::int32_t, width>;
  const auto words_of = [](__m256i v) {
    Words words;
    store_words(words.data(), v);
    return words;
  };
  for (std::size_t first = 0; first < x.size(); first += width) {
    const std::size_t used = x.size() - first < width ? x.size() - first : width;
    std::array<const nn::Fixed<16, InputFraction>*, width> from;
    for (std::size_t lane = 0; lane < width; ++lane) from[lane] = x[first + (lane < used ? lane : 0)];

    __m256i e[Count];
    for (std::size_t i = 0; i < Count; ++i)
      e[i] = _mm256_setr_epi32(from[0][i].raw, from[1][i].raw, from[2][i].raw, from[3][i].raw, from[4][i].raw, from[5][i].raw,
                               from[6][i].raw, from[7][i].raw);
    __m256i most = e[0];
    for (std::size_t i = 1; i < Count; ++i) most = _mm256_max_epi32(most, e[i]);
    __m256i sum{};
    for (std::size_t i = 0; i < Count; ++i) {
      e[i] = exponentials_below<InputFraction>(_mm256_sub_epi32(most, e[i]));
      sum = _mm256_add_epi32(sum, e[i]);
    }

    const Words most_of = words_of(most), sum_of = words_of(sum);
    Words mantissa, dropped;
    for (std::size_t lane = 0; lane < width; ++lane) {
      const auto [m, exponent] = nn::mantissa::split(static_cast<std::uint32_t>(sum_of[lane]));
      mantissa[lane] = static_cast<std::int32_t>(m);
      dropped[lane] = 15 + exponent - OutputFraction;
    }
    const __m256i share = reciprocals(load_words(mantissa.data())), by = load_words(dropped.data());
    for (std::size_t i = 0; i < Count; ++i) {
      const Words part = words_of(shares_of(e[i], share, by));
      for (std::size_t lane = 0; lane < used; ++lane) y[first + lane][i].raw = static_cast<std::int16_t>(part[lane]);
    }
    for (std::size_t lane = 0; lane < used; ++lane) {
      highest[first + lane].raw = static_cast<std::int16_t>(most_of[lane]);
      logarithm_of_sum[first + lane] = nn::log<Loss>(nn::Fixed<32, 15>{sum_of[lane]});
    }
  }
}
#endif

}  // namespace target
