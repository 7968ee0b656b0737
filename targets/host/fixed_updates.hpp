// FixedUpdates: what learning does to rows of 16-bit weights, in vectors, with the bits of the portable kernels.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <type_traits>

#include "fixed_root_steps.hpp"
#include "fixed_rows.hpp"
#include "fixed_vector.hpp"
#include "nn/kernels.hpp"
#include "nn/number/factor.hpp"
#include "nn/number/fixed_point.hpp"
#include "words.hpp"

namespace target {

struct FixedUpdates : FixedRows {
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
      const std::int64_t exact = nearest(std::int64_t{gradient} * of_gradient.mantissa, second);
      const std::int64_t step = std::clamp<std::int64_t>(exact, INT32_MIN, INT32_MAX);
      const std::int64_t now = nearest(std::int64_t{w[i].raw} * (1 << more) - step, more);
      w[i].raw = static_cast<std::int16_t>(std::clamp<std::int64_t>(now, INT16_MIN, INT16_MAX));
    }
    return true;
  }

  // b ← b - rate·g, where the shift is to the right.
  template <int BiasFraction, int GradientFraction, std::size_t Count>
  static bool descend(std::array<nn::Fixed<32, BiasFraction>, Count>& b,
                      std::span<const nn::Fixed<16, GradientFraction>, Count> g, float rate) {
    const nn::Factor factor = nn::Factor::of(rate);
    const int by = GradientFraction + factor.shift - BiasFraction;
    if (by < 1 || by > 31 || factor.mantissa > INT16_MAX) return false;
    const __m128i m = _mm_set1_epi16(static_cast<std::int16_t>(factor.mantissa)), dropped = _mm_cvtsi32_si128(by - 1);
    constexpr std::size_t whole = Count - Count % 4;
    for (std::size_t o = 0; o < whole; o += 4) {
      const __m128i four = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&g[o]));
      const __m128i product = _mm_unpacklo_epi16(_mm_mullo_epi16(four, m), _mm_mulhi_epi16(four, m));
      const __m128i step = _mm_srai_epi32(_mm_add_epi32(_mm_sra_epi32(product, dropped), _mm_set1_epi32(1)), 1);
      const __m128i next = saturating_sums(four_words(&b[o]), _mm_sub_epi32(__m128i{}, step));
      std::memcpy(&b[o], &next, sizeof next);
    }
    using Bias = nn::Fixed<32, BiasFraction>;
    for (std::size_t o = whole; o < Count; ++o) b[o] = nn::narrow<Bias>(b[o] - factor.template times<Bias>(g[o]));
    return true;
  }

#ifdef __AVX2__
  // The update of a row by nn::RmsProp or nn::Adam, from the gradient share·sum.
  template <class Arithmetic, class Row, int Bits, int WeightFraction, std::size_t Count>
    requires(Arithmetic::Moment::fraction == 27 && WeightFraction <= 25)
  static bool descend_by_roots(const Row& row, std::array<nn::Fixed<Bits, WeightFraction>, Count>& w,
                                                 const std::array<nn::Fixed<32, 23>, Count>& sum, float share, auto&... kept) {
    const nn::Factor of_sum = nn::Factor::of(share);
    if (share > 1 || of_sum.shift < 1 || of_sum.shift > 32) return false;
    const auto descend = [&]<class Mean>(Mean mean) {
      descend_by(row, w.data(), 1, Count, MomentsOfSums<Mean>{mean}, sum.data(), kept.data()...);
    };
    if (of_sum.mantissa == 1 << 14 && of_sum.shift >= 16) descend(Shifted{of_sum.shift - 14});
    else descend(Times{static_cast<std::uint32_t>(of_sum.mantissa), of_sum.shift});
    return true;
  }

  // The same from the gradient itself, g(i).
  template <class Arithmetic, class Row, int Bits, int WeightFraction, std::size_t Count>
    requires(Arithmetic::Moment::fraction == 27 && WeightFraction <= 25)
  static bool descend_row_by_roots(const Row& row, std::array<nn::Fixed<Bits, WeightFraction>, Count>& w, auto gradient,
                                   auto&... kept) {
    std::array<typename Arithmetic::Moment, Count> g;
    for (std::size_t i = 0; i < Count; ++i) g[i] = Arithmetic::moment(gradient(i));
    descend_by(row, w.data(), 1, Count, Moments{}, g.data(), kept.data()...);
    return true;
  }

  // Of all rows, from the gradients g·xᵀ.
  template <class Arithmetic, class Row, int WeightFraction, int GradientFraction, int InputFraction, std::size_t Outputs,
            std::size_t Inputs>
    requires(Arithmetic::Moment::fraction == 27 && GradientFraction + InputFraction == 23 && WeightFraction <= 25)
  static bool descend_product_by_roots(const Row& row, nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& w,
                                       std::span<const nn::Fixed<16, GradientFraction>, Outputs> g,
                                       std::span<const nn::Fixed<16, InputFraction>, Inputs> x, auto&... kept) {
    descend_by(row, w[0].data(), Outputs, Inputs, MomentsOfProducts{raw(g.data())}, x.data(), kept[0].data()...);
    return true;
  }
#else
  static void descend_by_roots() = delete;
  static void descend_row_by_roots() = delete;
  static void descend_product_by_roots() = delete;
#endif

 private:
  static std::int64_t nearest(std::int64_t x, int dropped) { return ((x >> (dropped - 1)) + 1) >> 1; }

#ifdef __AVX2__
  // What makes moments of the numbers of row o.
  struct Moments {
    std::identity operator()(std::size_t) const { return {}; }
  };
  template <class Mean>
  struct MomentsOfSums {
    Mean mean;
    auto operator()(std::size_t) const {
      return [each = mean](auto sum) { return moments(each(sum)); };
    }
  };
  struct MomentsOfProducts {
    const std::int16_t* g;
    auto operator()(std::size_t o) const {
      return [factor = static_cast<std::uint32_t>(g[o])](auto x) { return moments(x * factor); };
    }
  };

  // Rows o by what `rule` makes of moment_of(o)(from[i]), the gradients as moments, and of what is kept. Rows of all lengths
  // share a copy.
  template <int Bits, int WeightFraction>
  [[gnu::noinline, gnu::flatten]] static void descend_by(const auto& rule, nn::Fixed<Bits, WeightFraction>* w, std::size_t rows,
                                           std::size_t count, auto moment_of, const auto* from, auto*... kept) {
    constexpr std::size_t width = sizeof(WideWords) / sizeof(std::uint32_t);
    const auto lanes = rule.with(RootLanes<WideWords>{rule.steps});
    const auto some = [&lanes]<std::size_t Vectors>(std::integral_constant<std::size_t, Vectors>, auto moment, auto* weight,
                                                    const auto* gradients, auto*... state) __attribute__((always_inline)) {
      using Several = Words<WideWords, Vectors>;
      const Several g = Several::each([&](std::size_t k) { return moment(load_numbers(WideWords{}, gradients + k * width)); });
      [&](auto... words) __attribute__((always_inline)) {
        if (!(g.any() || ... || words.any())) return;  // of inputs that are always 0: nothing changes
        const Several step = lanes.template step<AsTheyAre, void>(weight, g, words...);
        for (std::size_t k = 0; k < Vectors; ++k) descend_words<27 - WeightFraction>(weight + k * width, step.of[k]);
        (words.store(state), ...);
      }(Several::load(state)...);
    };
    const std::integral_constant<std::size_t, 1> one;
    const std::integral_constant<std::size_t, 4> four;
    for (std::size_t o = 0; o < rows; ++o) {
      const auto moment = moment_of(o);
      std::size_t i = 0;
      for (; i + 4 * width <= count; i += 4 * width) some(four, moment, w + i, from + i, kept + i...);
      for (; i + width <= count; i += width) some(one, moment, w + i, from + i, kept + i...);
      if (i < count) {
        const auto padded = [&]<class Number>(const Number* all) {
          std::array<Number, width> numbers{};
          std::copy_n(all + i, count - i, numbers.data());
          return numbers;
        };
        [&](auto weights, const auto& gradients, auto... states) {
          some(one, moment, weights.data(), gradients.data(), states.data()...);
          std::copy_n(weights.data(), count - i, w + i);
          (std::copy_n(states.data(), count - i, kept + i), ...);
        }(padded(w), padded(from), padded(kept)...);
      }
      w += count;
      ((kept += count), ...);
    }
  }

  // w ← w - step / 2^More, to the nearest.
  template <int More, int Fraction, class W>
  static void descend_words(nn::Fixed<16, Fraction>* w, W step) {
    store_narrowed(&w->raw, load_numbers(W{}, w) + change_by<More>(step));
  }
  template <int More, int Fraction, class W>
  static void descend_words(nn::Fixed<32, Fraction>* w, W step) {
    const W now = load_as_words<W>(w), change = change_by<More>(step), sum = now + change;
    const auto beyond = as_signed(~(now ^ change) & (now ^ sum)) < 0;
    const W next = beyond ? reinterpret_cast<W>((as_signed(now) >> 31) ^ INT32_MAX) : sum;
    std::memcpy(w, &next, sizeof next);
  }
  // -step / 2^More, to the nearest.
  template <int More, class W>
  static W change_by(W step) {
    return to_nearest(W{} - step, More);
  }

  // The first so many of `count`, until one makes so large a step that 32 bits do not hold it.
  template <int More>
  static std::size_t descended(std::int16_t* w, const std::int32_t* sum, std::size_t count, std::int32_t share, int first,
                               std::int32_t rate, int second) {
    const auto descend_by = [&](auto mean, auto all_small) {
      const Times times{static_cast<std::uint32_t>(rate), second};
      const std::int32_t most = all_small() ? 0 : (1 << (second + 15)) - 1;
      std::size_t i = 0;
      const auto in_vectors = [&]<class W>(W) {
        constexpr std::size_t width = sizeof(W) / sizeof(std::uint32_t);
        for (; i + width <= count; i += width) {
          const W gradient = mean(load_as_words<W>(sum + i));
          if constexpr (!all_small())
            if (const auto now = as_signed(gradient); any(reinterpret_cast<W>((now ^ (now >> 31)) > most))) break;
          store_narrowed(w + i, to_nearest((load_numbers(W{}, w + i) << More) - times(gradient), More));
        }
      };
      if constexpr (sizeof(WideWords) > sizeof(Words8)) in_vectors(WideWords{});
      in_vectors(Words8{});
      return i;
    };
    const auto descend = [&](auto mean) {
      return second >= 16 ? descend_by(mean, std::true_type{}) : descend_by(mean, std::false_type{});
    };
    return share == 1 << 14 && first >= 16 ? descend(Shifted{first - 14})
                                           : descend(Times{static_cast<std::uint32_t>(share), first});
  }
#endif
};

}  // namespace target
