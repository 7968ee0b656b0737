// FixedGradients: what learning from a batch adds up, in numbers of 16 bits on x86, in the order of the samples where a sum might
// saturate, and in pairs of samples where it cannot.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "fixed_updates.hpp"
#include "fixed_vector.hpp"
#include "nn/number/fixed_point.hpp"

namespace target {

struct FixedGradients : FixedUpdates {
  // Rows `first` to `last` of sum += Σ_k g[k]·x[k]ᵀ, in the order of k where a sum might saturate.
  template <int Fraction, int GradientFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs>
    requires(GradientFraction + InputFraction == Fraction)
  static void add_outer_products(nn::Matrix<nn::Fixed<32, Fraction>, Outputs, Inputs>& sum,
                                 std::span<const nn::Fixed<16, GradientFraction>* const> g,
                                 std::span<const nn::Fixed<16, InputFraction>* const> x, std::size_t first, std::size_t last) {
    constexpr std::size_t together = 16, block = std::min<std::size_t>(Inputs, 256);
    for (std::size_t from = 0; from < x.size(); from += together) {
      const std::size_t count = std::min(together, x.size() - from);
      std::array<std::int32_t, together> size{};
      std::int64_t bound = 0;
      for (std::size_t k = 0; k < count; ++k) {
        size[k] = largest_size(raw(x[from + k]), Inputs);
        bound += std::int64_t{size[k]} * largest_size(raw(g[from + k]), Outputs);
      }
      PairsOf<together, Outputs> factors;
      factors.fill(raw_of<together>(g.subspan(from, count)), 0, Outputs);
      for (std::size_t i = 0; i < Inputs; i += block) {
        const std::size_t columns = std::min(block, Inputs - i);
        PairsOf<together, block> inputs;
        inputs.fill(raw_of<together>(x.subspan(from, count)), i, columns);
        for (std::size_t o = first; o < last; ++o) {
          nn::Fixed<32, Fraction>* const row = sum[o].data() + i;
          if (bound < 1 << 30 || bound_of(g.subspan(from, count), o, size) < 1 << 30)
            if (add_pairs(&row->raw, columns, factors, o, inputs)) continue;
          for (std::size_t k = 0; k < count; ++k)
            for (std::size_t c = 0; c < columns; ++c) row[c] = nn::saturating_sum(row[c], g[from + k][o] * x[from + k][i + c]);
        }
      }
    }
  }

  // Numbers `first` to `last` of sum += Σ_k g[k], in the order of k.
  template <int Fraction, int GradientFraction, std::size_t Outputs>
    requires(GradientFraction <= Fraction && Fraction - GradientFraction <= 15)
  static void add_each(std::array<nn::Fixed<32, Fraction>, Outputs>& sum,
                       std::span<const nn::Fixed<16, GradientFraction>* const> g, std::size_t first, std::size_t last) {
    constexpr int more = Fraction - GradientFraction;
    constexpr std::size_t width = fixed_width / 2;
    std::size_t o = first;
    if (g.size() <= std::size_t{1} << (15 - more))  // together below 2^30, and where the sum is, too, nothing saturates
      for (; o + width <= last; o += width) {
        const FixedVector before = load_fixed(&sum[o]);
        if (signs_32(add_32(before, each_32(1 << 30))) != 0) break;
        FixedVector total{};
        for (const auto* each : g) total = add_32(total, load_wide(each + o));
        store_fixed(&sum[o], add_32(before, shifted_up(total, more)));
      }
    for (; o + 4 <= last; o += 4) {
      __m128i total = four_words(&sum[o]);
      for (const auto* each : g) {
        const __m128i four = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(each + o));
        total = saturating_sums(total, _mm_srai_epi32(_mm_unpacklo_epi16(__m128i{}, four), 16 - more));
      }
      std::memcpy(&sum[o], &total, sizeof total);
    }
    for (; o < last; ++o)
      for (const auto* each : g) sum[o] = nn::saturating_sum(sum[o], nn::Fixed<32, Fraction>{each[o].raw * (1 << more)});
  }

 protected:
  // Of |x|, or one more.
  [[gnu::always_inline]] static std::int32_t largest_size(const std::int16_t* x, std::size_t count) {
    const std::size_t vectors = count - count % fixed_width;
    FixedVector size{};
    for (std::size_t i = 0; i < vectors; i += fixed_width) size = greater_16(size, sizes(load_fixed(x + i)));
    std::int32_t result = largest_of(size);
    for (std::size_t i = vectors; i < count; ++i) result = std::max(result, magnitude(x[i]));
    return result + 1;  // -2^15 counts one too little
  }

 private:
  template <std::size_t Count, int Fraction>
  static auto raw_of(std::span<const nn::Fixed<16, Fraction>* const> numbers) {
    std::array<const std::int16_t*, Count> all{};
    for (std::size_t k = 0; k < numbers.size(); ++k) all[k] = raw(numbers[k]);
    return all;
  }

  // Numbers of up to Count vectors, those of two side by side as factors of pair_products: 0 of vectors that are not there.
  template <std::size_t Count, std::size_t Length>
  struct PairsOf {
    std::array<std::array<std::int32_t, Length>, Count / 2> pairs;
    std::size_t used = 0;
    void fill(const std::array<const std::int16_t*, Count>& of, std::size_t first, std::size_t count) {
      used = 0;
      while (used < Count / 2 && of[2 * used] != nullptr) {
        const std::int16_t* const a = of[2 * used] + first;
        const std::int16_t* const b = of[2 * used + 1] == nullptr ? nullptr : of[2 * used + 1] + first;
        for (std::size_t i = 0; i < count; ++i) pairs[used][i] = pair_of(a[i], b == nullptr ? std::int16_t{0} : b[i]);
        ++used;
      }
    }
  };

  static std::int64_t bound_of(const auto& g, std::size_t o, const auto& size) {
    std::int64_t bound = 0;
    for (std::size_t k = 0; k < g.size(); ++k) bound += std::int64_t{magnitude(g[k][o].raw)} * size[k];
    return bound;
  }

  // sum += Σ factor·input, all of them below 2^30; false, and nothing is done, if some |sum| is not below 2^30 before.
  template <std::size_t Count, std::size_t Length, std::size_t Outputs>
  static bool add_pairs(std::int32_t* sum, std::size_t count, const PairsOf<Count, Outputs>& factors, std::size_t o,
                        const PairsOf<Count, Length>& inputs) {
    std::array<std::int32_t, Count / 2> factor{};
    std::int32_t any = 0;
    for (std::size_t p = 0; p < factors.used; ++p) any |= factor[p] = factors.pairs[p][o];
    if (any == 0) return true;
    if (add_pairs<1>(sum, count, factors.used, factor.data(), inputs)) return true;
    add_pairs<-1>(sum, count, factors.used, factor.data(), inputs);
    return false;
  }
  // The same, or it taken off again, even where it went beyond 32 bits; gives whether every |sum| was below 2^30.
  template <int Sign, std::size_t Count, std::size_t Length>
  static bool add_pairs(std::int32_t* sum, std::size_t count, std::size_t pairs, const std::int32_t* factors,
                        const PairsOf<Count, Length>& inputs) {
    std::uint32_t beyond = 0;
    std::int32_t any = 0;
    const auto add = [&](auto used) {
      std::size_t i = 0;
      const auto in_vectors = [&]<bool Wide>(std::bool_constant<Wide>) {
        using Numbers = FixedLanes<Wide>;
        using Vector = typename Numbers::Vector;
        constexpr std::size_t width = sizeof(Vector) / sizeof *sum;
        Vector factor[Count / 2], most{};
        for (std::size_t p = 0; p < used(); ++p) factor[p] = Numbers::each(factors[p]);
        for (; i + width <= count; i += width) {
          const Vector before = Numbers::load(sum + i);
          Vector more{};
          for (std::size_t p = 0; p < used(); ++p)
            more = add_pair_products(more, Numbers::load(inputs.pairs[p].data() + i), factor[p]);
          most = either(most, add_32(before, Numbers::each(1 << 30)));
          store_fixed(sum + i, Sign > 0 ? add_32(before, more) : subtract_32(before, more));
        }
        beyond |= signs_32(most);
      };
      if constexpr (has_wide_fixed) in_vectors(std::true_type{});
      if (!has_wide_fixed || i < count) in_vectors(std::false_type{});
      for (; i < count; ++i) {
        std::int32_t more = 0;
        for (std::size_t p = 0; p < used(); ++p)
          more += std::int32_t{static_cast<std::int16_t>(inputs.pairs[p][i])} * static_cast<std::int16_t>(factors[p]) +
                  (inputs.pairs[p][i] >> 16) * (factors[p] >> 16);
        any |= sum[i] ^ (sum[i] >> 31);
        const auto now = static_cast<std::uint32_t>(sum[i]), change = static_cast<std::uint32_t>(more);
        sum[i] = static_cast<std::int32_t>(Sign > 0 ? now + change : now - change);
      }
    };
    if (pairs == Count / 2) add(std::integral_constant<std::size_t, Count / 2>{});
    else if (pairs == Count / 4) add(std::integral_constant<std::size_t, Count / 4>{});
    else add([&] { return pairs; });
    return beyond == 0 && any < 1 << 30;
  }
};

}  // namespace target
