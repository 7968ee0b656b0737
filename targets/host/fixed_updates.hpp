// FixedUpdates: what learning does to rows of 16-bit weights, in vectors, with the bits of the portable kernels.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "fixed_vector.hpp"
#include "nn/kernels.hpp"
#include "nn/number/factor.hpp"
#include "nn/number/fixed_point.hpp"

namespace target {

struct FixedUpdates : nn::Portable {
  using Portable::add_row;

  // To the nearest; at random each row has a stream of its own, in the portable one.
  template <class Arithmetic, int WeightFraction, int InputFraction>
    requires(!Arithmetic::watched)
  static constexpr void add_row(nn::Fixed<16, WeightFraction>* w, nn::RowStep step, const nn::Fixed<16, InputFraction>* x,
                                std::size_t count, nn::NearestRow row) {
    if (std::is_constant_evaluated() || count < fixed_width) return Portable::add_row<Arithmetic>(w, step, x, count, row);
    if (step.m == 0) return;
    const FixedVector m = each_16(static_cast<std::int16_t>(step.m));
    if (step.k > 16) {  // of m·x the high halves suffice
      const FixedVector one = each_16(1);
      const __m128i dropped = _mm_cvtsi32_si128(step.k - 17);
      add_changes(w, x, count, [&](FixedVector weight, FixedVector input) {
        return saturating_add(weight, halved_16(add_16(shifted_16(high_halves(m, input), dropped), one)));
      });
    } else if (step.k == 16) {
      add_changes(w, x, count, [&](FixedVector weight, FixedVector input) {
        return saturating_add(weight, add_16(high_halves(m, input), highest_bits(low_halves(m, input))));
      });
    } else {
      const FixedVector one = each_32(1);
      const __m128i dropped = _mm_cvtsi32_si128(step.k - 1);
      const auto rounded = [&](FixedVector product) { return halved(add_32(shifted(product, dropped), one)); };
      add_changes(w, x, count, [&](FixedVector weight, FixedVector input) {
        return narrowed(add_32(lower_wide(weight), rounded(lower_products(m, input))),
                        add_32(upper_wide(weight), rounded(upper_products(m, input))));
      });
    }
  }

  // w ← w - rate·(share·sum), as plain SGD computes it one by one, where both shifts are to the right.
  template <class Arithmetic, int WeightFraction, int Fraction, std::size_t Count>
  static bool descend(std::array<nn::Fixed<16, WeightFraction>, Count>& w, const std::array<nn::Fixed<32, Fraction>, Count>& sum,
                      float share, float rate) {
    constexpr int step_fraction = Arithmetic::Moment::fraction, more = step_fraction - WeightFraction;
    const nn::Factor of_sum = nn::Factor::of(share), of_gradient = nn::Factor::of(rate);
    const int first = of_sum.shift, second = Fraction + of_gradient.shift - step_fraction;
    if (share > 1 || first < 1 || first > 62 || second < 1 || second > 62) return false;
    std::size_t i = 0;
#ifdef __AVX2__
    if constexpr (2 <= more && more <= 14)
      if (first <= 32 && second <= 32)
        i = descended<more>(&w[0].raw, &sum[0].raw, Count, of_sum.mantissa, first, of_gradient.mantissa, second);
#endif
    for (; i < Count; ++i) {
      const auto gradient = static_cast<std::int32_t>(nearest(std::int64_t{sum[i].raw} * of_sum.mantissa, first));
      const std::int64_t step =
          std::clamp<std::int64_t>(nearest(std::int64_t{gradient} * of_gradient.mantissa, second), INT32_MIN, INT32_MAX);
      const std::int64_t now = nearest(std::int64_t{w[i].raw} * (1 << more) - step, more);
      w[i].raw = static_cast<std::int16_t>(std::clamp<std::int64_t>(now, INT16_MIN, INT16_MAX));
    }
    return true;
  }

 private:
  static std::int64_t nearest(std::int64_t x, int dropped) { return ((x >> (dropped - 1)) + 1) >> 1; }

  // w[i] ← changed(w[i], x[i]), which is w[i] where x[i] is 0; count is a vector at least.
  template <int WeightFraction, int InputFraction>
  static void add_changes(nn::Fixed<16, WeightFraction>* w, const nn::Fixed<16, InputFraction>* x, std::size_t count,
                          auto changed) {
    std::size_t i = 0;
    for (; i + fixed_width <= count; i += fixed_width) store_fixed(w + i, changed(load_fixed(w + i), load_fixed(x + i)));
    if (i == count) return;
    w += count - fixed_width;
    x += count - fixed_width;
    store_fixed(w, changed(load_fixed(w), both_of(load_fixed(x), after(fixed_width - (count - i)))));
  }

#ifdef __AVX2__
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
      const __m256i odd = _mm256_add_epi64(_mm256_mul_epi32(_mm256_srli_epi64(x, 32), factor), half);
      return _mm256_blend_epi32(_mm256_srl_epi64(even, dropped), _mm256_sll_epi64(odd, added), 0xaa);
    }
  };
  // The same by a power of two, 2 to 31 bits.
  struct Shifted {
    __m128i dropped;
    explicit Shifted(int by) : dropped{_mm_cvtsi32_si128(by - 1)} {}
    __m256i operator()(__m256i x) const { return halved(add_32(shifted(x, dropped), each_32(1))); }
  };

  // The first so many of `count`, until one makes so large a step that 32 bits do not hold it.
  template <int More>
  static std::size_t descended(std::int16_t* w, const std::int32_t* sum, std::size_t count, std::int32_t share, int first,
                               std::int32_t rate, int second) {
    const auto descend_by = [&](auto mean, auto all_small) {
      const Times times{rate, second};
      const __m256i most = _mm256_set1_epi32(all_small() ? 0 : (1 << (second + 15)) - 1);
      std::size_t i = 0;
      for (; i + 8 <= count; i += 8) {
        const __m256i gradient = mean(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(sum + i)));
        if constexpr (!all_small())
          if (signs_32(_mm256_sub_epi32(most, _mm256_xor_si256(gradient, _mm256_srai_epi32(gradient, 31)))) != 0) break;
        __m128i* const place = reinterpret_cast<__m128i*>(w + i);
        const __m256i now = _mm256_slli_epi32(_mm256_cvtepi16_epi32(_mm_loadu_si128(place)), More);
        const __m256i next = halved(add_32(_mm256_srai_epi32(_mm256_sub_epi32(now, times(gradient)), More - 1), each_32(1)));
        _mm_storeu_si128(place, _mm_packs_epi32(_mm256_castsi256_si128(next), _mm256_extracti128_si256(next, 1)));
      }
      return i;
    };
    const auto descend = [&](auto mean) {
      return second >= 16 ? descend_by(mean, std::true_type{}) : descend_by(mean, std::false_type{});
    };
    return share == 1 << 14 && first >= 16 ? descend(Shifted{first - 14}) : descend(Times{share, first});
  }
#endif
};

}  // namespace target
