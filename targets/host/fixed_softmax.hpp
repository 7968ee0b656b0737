// fixed_softmax: nn::softmax of 16-bit numbers, which are the lanes of vectors; fixed_softmax_of_all: of several samples, each in
// its lane. Both with the bits of one number after the other, and with AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

#include "fixed_exponentials.hpp"
#include "nn/number/functions.hpp"

namespace target {

#ifdef __AVX2__
// `sum` has 15 bits behind the point; y may be where x is.
template <std::size_t Count, int InputFraction, int OutputFraction>
void fixed_softmax(const nn::Fixed<16, InputFraction>* x, nn::Fixed<16, OutputFraction>* y,
                   nn::Fixed<16, InputFraction>& highest, nn::Fixed<32, 15>& sum) {
  constexpr std::size_t vectors = (Count + 7) / 8, whole = Count / 8, rest = Count % 8;
  __m256i e[vectors], most = _mm256_set1_epi32(x[0].raw);
  for (std::size_t v = 0; v < whole; ++v) e[v] = load_wide(x + 8 * v);
  if constexpr (rest != 0)  // one by one, as they may just have been written, in pieces
    e[whole] = [&]<std::size_t... Lane>(std::index_sequence<Lane...>) {
      return _mm256_cvtepi16_epi32(_mm_setr_epi16(x[8 * whole + (Lane < rest ? Lane : 0)].raw...));
    }(std::make_index_sequence<8>{});
  for (const __m256i numbers : e) most = _mm256_max_epi32(most, numbers);
  most = _mm256_max_epi32(most, _mm256_permute2x128_si256(most, most, 1));
  most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0x4e));
  most = _mm256_max_epi32(most, _mm256_shuffle_epi32(most, 0xb1));
  highest.raw = static_cast<std::int16_t>(_mm256_cvtsi256_si32(most));

  for (__m256i& each : e) each = exponentials_below<InputFraction>(_mm256_sub_epi32(most, each));
  if constexpr (rest != 0) {
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    e[whole] = both_of(e[whole], _mm256_cmpgt_epi32(_mm256_set1_epi32(rest), lanes));
  }
  __m256i total{};
  for (const __m256i each : e) total = add_32(total, each);
  sum.raw = sum_of(total);

  const auto [m, exponent] = nn::mantissa::split(static_cast<std::uint32_t>(sum.raw));
  const __m256i share = each_word(nn::mantissa::reciprocal(m)), by = _mm256_set1_epi32(15 + exponent - OutputFraction);
  for (std::size_t v = 0; v < vectors; ++v) {
    const __m128i eight = narrowed(shares_of(e[v], share, by));
    std::memcpy(y + 8 * v, &eight, (v < whole ? 8 : rest) * sizeof *y);
  }
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
