// fixed_softmax_of_all: nn::softmax of several samples of 16-bit numbers, each in its lane of a vector, with the bits of one
// after the other. With AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fixed_exponentials.hpp"
#include "nn/number/functions.hpp"

namespace target {

#ifdef __AVX2__
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
