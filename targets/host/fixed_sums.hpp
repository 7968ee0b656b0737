// FixedSums: kernels of numbers of 16 bits on x86. Sums of products are exact, so 32 bits serve as long as they cannot overflow,
// which the sizes of one side tell: |Σ a·b| <= 2^15 · Σ |b| < 2^31 where Σ |b| < 2^16. Where they do not tell: the portable ones.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "fixed_exponentials.hpp"
#include "fixed_softmax.hpp"
#include "fixed_updates.hpp"
#include "fixed_vector.hpp"
#include "nn/kernels.hpp"
#include "nn/number/fixed_point.hpp"

namespace target {

struct FixedSums : FixedUpdates {
  using Portable::affine;
  using Portable::transposed_product;

  // Whether 32 bits, rounded to 16 that have so many fraction bits, are beyond these where more than 32 bits are.
  template <int FractionOfSum, int Fraction>
  static constexpr bool rounds = FractionOfSum - Fraction >= 2 && FractionOfSum - Fraction <= 16;

  template <int WeightFraction, int BiasFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= fixed_width)
  static constexpr void affine(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                               const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b,
                               std::span<const nn::Fixed<16, InputFraction>, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    const Parts<Inputs> parts = parts_of<Inputs>(raw(x.data()));
    if (parts.count == 0) return Portable::affine(weight, b, x, store);
    in_fours<Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
      const auto sums = long_dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), parts);
      for (std::size_t r = 0; r < Rows; ++r)
        store(o + r, with_bias(nn::Fixed<64, WeightFraction + InputFraction>{sums[r]}, b[o + r]));
    });
  }

  // y[o] ← W[o]·x + b[o], to the nearest: as affine, and rounded in vectors, too.
  template <int WeightFraction, int InputFraction, int Fraction, std::size_t Outputs, std::size_t Inputs>
    requires(Inputs >= fixed_width && rounds<WeightFraction + InputFraction, Fraction>)
  static constexpr void affine_to(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                                  const std::array<nn::Fixed<32, WeightFraction + InputFraction>, Outputs>& b,
                                  std::span<const nn::Fixed<16, InputFraction>, Inputs> x,
                                  std::span<nn::Fixed<16, Fraction>, Outputs> y) {
    const auto round_each = [y](std::size_t o, auto sum) { y[o] = nn::narrow<nn::Fixed<16, Fraction>>(sum); };
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, round_each);
    const Reach reach = reach_of<Inputs>(raw(x.data()));
    if (reach == Reach::unknown) return affine(weight, b, x, round_each);
    const auto in_vectors = [&](auto sums_of) {
      in_fours<Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
        std::int32_t bias[4]{};
        std::memcpy(bias, &b[o], Rows * sizeof *bias);
        FixedVector lanes[4];
        dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), 0, vectors_of<Inputs>, lanes);
        const __m128i all = rounded<WeightFraction + InputFraction - Fraction>(sums_of(lanes, four_words(bias)));
        std::memcpy(&y[o], &all, Rows * sizeof(std::int16_t));
      });
    };
    if (reach == Reach::sum)
      in_vectors([](const FixedVector* lanes, __m128i bias) { return saturating_sums(sums_of_four(lanes), bias); });
    else in_vectors(saturating_wide_sums);
  }

  template <int WeightFraction, int GradientFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= fixed_width)
  static constexpr void transposed_product(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                                           std::span<const nn::Fixed<16, GradientFraction>, Outputs> g, Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    std::int32_t sums[Inputs];
    if (!by_columns(weight, g, [&](std::size_t i, FixedVector lower, FixedVector upper) {
          std::int32_t pieces[2][fixed_width / 2];
          store_fixed(pieces[0], lower);
          store_fixed(pieces[1], upper);
          for (std::size_t k = 0; k < fixed_width; ++k) sums[i + k] = pieces[k / 4 % 2][k / 8 * 4 + k % 4];
        }))
      return Portable::transposed_product(weight, g, store);
    for (std::size_t i = 0; i < Inputs; ++i) store(i, nn::Fixed<64, WeightFraction + GradientFraction>{sums[i]});
  }

  // dx[i] ← Σ_o g[o]·W[o][i], to the nearest, likewise.
  template <int WeightFraction, int GradientFraction, int Fraction, std::size_t Outputs, std::size_t Inputs>
    requires(Inputs >= fixed_width && rounds<WeightFraction + GradientFraction, Fraction>)
  static constexpr void transposed_product_to(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                                              std::span<const nn::Fixed<16, GradientFraction>, Outputs> g,
                                              std::span<nn::Fixed<16, Fraction>, Inputs> dx) {
    constexpr int dropped = WeightFraction + GradientFraction - Fraction;
    const auto round_each = [dx](std::size_t i, auto sum) { dx[i] = nn::narrow<nn::Fixed<16, Fraction>>(sum); };
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, round_each);
    const FixedVector one = each_32(1);
    const __m128i count = _mm_cvtsi32_si128(dropped - 1);
    const auto nearest = [&](FixedVector sum) { return halved(add_32(shifted(sum, count), one)); };
    if (!by_columns(weight, g, [&](std::size_t i, FixedVector lower, FixedVector upper) {
          store_fixed(&dx[i], narrowed(nearest(lower), nearest(upper)));
        }))
      Portable::transposed_product(weight, g, round_each);
  }

  // y[i] = e^(x[i] - highest) with 15 bits behind the point, whatever the format of y; y may be x.
  template <int InputFraction, int OutputFraction>
    requires(InputFraction >= 3)
  static void exponentials(nn::Fixed<16, OutputFraction>* y, const nn::Fixed<16, InputFraction>* x,
                           nn::Fixed<16, InputFraction> highest, std::size_t count) {
    fixed_exponentials<InputFraction>(&y->raw, &x->raw, highest.raw, count);
  }
  // Of these, y[i]·share with `dropped` bits less.
  template <int Fraction>
  static void shares(nn::Fixed<16, Fraction>* y, std::size_t count, std::uint32_t share, int dropped) {
    fixed_shares(&y->raw, count, share, dropped);
  }
#ifdef __AVX2__
  template <std::size_t Count, int InputFraction, int OutputFraction, class Loss>
    requires(InputFraction >= 3)
  static void softmax_of_all(std::span<const nn::Fixed<16, InputFraction>* const> x,
                             std::span<nn::Fixed<16, OutputFraction>* const> y, nn::Fixed<16, InputFraction>* highest,
                             Loss* logarithm_of_sum) {
    fixed_softmax_of_all<Count>(x, y, highest, logarithm_of_sum);
  }
#else
  static void softmax_of_all() = delete;
#endif

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
        size[k] = largest_size<Inputs>(raw(x[from + k]));
        bound += std::int64_t{size[k]} * largest_size<Outputs>(raw(g[from + k]));
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
    requires(GradientFraction <= Fraction && Fraction - GradientFraction <= 16)
  static void add_each(std::array<nn::Fixed<32, Fraction>, Outputs>& sum,
                       std::span<const nn::Fixed<16, GradientFraction>* const> g, std::size_t first, std::size_t last) {
    constexpr int more = Fraction - GradientFraction;
    std::size_t o = first;
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

 private:
  static std::int32_t magnitude(std::int32_t x) { return x < 0 ? -x : x; }

  template <int Fraction>
  static const std::int16_t* raw(const nn::Fixed<16, Fraction>* x) {
    return reinterpret_cast<const std::int16_t*>(x);
  }
  static __m128i four_words(const void* place) { return _mm_loadu_si128(static_cast<const __m128i*>(place)); }

  // Four sums, each to the nearest after so many bits were dropped.
  template <int Dropped>
  static __m128i rounded(__m128i sums) {
    const __m128i nearest = _mm_srai_epi32(_mm_add_epi32(_mm_srai_epi32(sums, Dropped - 1), _mm_set1_epi32(1)), 1);
    return _mm_packs_epi32(nearest, nearest);
  }

  template <std::size_t Outputs>
  static void in_fours(auto visit) {
    for (std::size_t o = 0; o < Outputs - Outputs % 4; o += 4) visit(std::integral_constant<std::size_t, 4>{}, o);
    if constexpr (Outputs % 4 != 0) visit(std::integral_constant<std::size_t, Outputs % 4>{}, Outputs - Outputs % 4);
  }

  // A row in vectors, the last of which ends with it: of x it then holds 0 where the one before has been.
  template <std::size_t Inputs>
  static constexpr std::size_t place_of(std::size_t vector) {
    return Inputs % fixed_width == 0 ? vector * fixed_width : std::min(vector * fixed_width, Inputs - fixed_width);
  }
  template <std::size_t Inputs>
  static FixedVector input_of(const std::int16_t* x, std::size_t vector) {
    const FixedVector all = load_fixed(x + place_of<Inputs>(vector));
    if constexpr (Inputs % fixed_width != 0)
      if (vector == Inputs / fixed_width) return both_of(all, after(fixed_width - Inputs % fixed_width));
    return all;
  }

  template <std::size_t Inputs>
  static constexpr std::size_t vectors_of = (Inputs + fixed_width - 1) / fixed_width;

  // Σ |x| up to which a sum of products with x has 32 bits: 2^16, but -2^15 counts one too little.
  static constexpr std::int32_t most = (1 << 16) - 3;

  template <std::size_t Inputs>
  static FixedVector sizes_of(const std::int16_t* x, std::size_t vector, std::size_t end) {
    FixedVector sum{};
    for (; vector < end; ++vector) sum = add_pair_products(sum, sizes(input_of<Inputs>(x, vector)), each_16(1));
    return sum;
  }

  // Whether 32 bits hold the whole sum of products with x, or that of each lane at least.
  enum class Reach { sum, lane, unknown };
  template <std::size_t Inputs>
  static Reach reach_of(const std::int16_t* x) {
    if constexpr (Inputs >= 1 << 16) return Reach::unknown;
    const FixedVector sizes = sizes_of<Inputs>(x, 0, vectors_of<Inputs>);
    if (sum_of(sizes) <= most) return Reach::sum;
    return signs_32(add_32(sizes, each_32(INT32_MAX - most))) == 0 ? Reach::lane : Reach::unknown;
  }

  // Where to end sums of 32 bits. None if x is too large for that.
  template <std::size_t Inputs>
  struct Parts {
    std::size_t count = 0;
    std::array<std::size_t, vectors_of<Inputs>> end;
  };
  template <std::size_t Inputs>
  static Parts<Inputs> parts_of(const std::int16_t* x) {
    constexpr std::size_t block = 4;
    Parts<Inputs> parts;
    std::int32_t size = 0;
    for (std::size_t i = 0; i < vectors_of<Inputs>; i += block) {
      const std::int32_t more = sum_of(sizes_of<Inputs>(x, i, std::min(vectors_of<Inputs>, i + block)));
      if (more > most) return {};
      if (size + more > most) {
        parts.end[parts.count++] = i;
        size = 0;
      }
      size += more;
    }
    parts.end[parts.count++] = vectors_of<Inputs>;
    return parts;
  }

  // Up to four rows times x, in vectors `first` to `end`.
  template <std::size_t Rows, std::size_t Inputs>
  static void dots(const std::int16_t* w, const std::int16_t* x, std::size_t first, std::size_t end, FixedVector (&to)[4]) {
    FixedVector sum[4]{};
    for (std::size_t i = first; i < end; ++i) {
      const FixedVector input = input_of<Inputs>(x, i);
      for (std::size_t r = 0; r < Rows; ++r)
        sum[r] = add_pair_products(sum[r], load_fixed(w + r * Inputs + place_of<Inputs>(i)), input);
    }
    for (std::size_t r = 0; r < 4; ++r) to[r] = sum[r];
  }
  template <std::size_t Rows, std::size_t Inputs>
  static std::array<std::int64_t, 4> long_dots(const std::int16_t* w, const std::int16_t* x, const Parts<Inputs>& parts) {
    std::array<std::int64_t, 4> total{};
    for (std::size_t part = 0; part < parts.count; ++part) {
      FixedVector lanes[4];
      dots<Rows, Inputs>(w, x, part == 0 ? 0 : parts.end[part - 1], parts.end[part], lanes);
      std::int32_t of_part[4];
      _mm_storeu_si128(reinterpret_cast<__m128i*>(of_part), sums_of_four(lanes));
      for (std::size_t r = 0; r < Rows; ++r) total[r] += of_part[r];
    }
    return total;
  }

  // The sums of the lanes of four vectors and a bias, wherever they are beyond 32 bits their limits: in upper and lower halves.
  [[gnu::always_inline]] static __m128i saturating_wide_sums(const FixedVector* lanes, __m128i bias) {
    FixedVector above[4], below[4];
    for (std::size_t r = 0; r < 4; ++r) {
      above[r] = above_16_bits(lanes[r]);
      below[r] = both_of(lanes[r], each_32(0xffff));
    }
    const __m128i half = _mm_set1_epi32(0xffff);
    const __m128i low = _mm_add_epi32(sums_of_four(below), _mm_and_si128(bias, half));
    const __m128i high = _mm_add_epi32(_mm_add_epi32(sums_of_four(above), _mm_srai_epi32(bias, 16)), _mm_srai_epi32(low, 16));
    const __m128i within = _mm_or_si128(_mm_slli_epi32(high, 16), _mm_and_si128(low, half));
    const __m128i beyond =
        _mm_or_si128(_mm_cmpgt_epi32(high, _mm_set1_epi32(INT16_MAX)), _mm_cmpgt_epi32(_mm_set1_epi32(INT16_MIN), high));
    const __m128i limit = _mm_xor_si128(_mm_srai_epi32(high, 31), _mm_set1_epi32(INT32_MAX));
    return _mm_or_si128(_mm_and_si128(beyond, limit), _mm_andnot_si128(beyond, within));
  }

  // visit(i, lower, upper) with the sums of columns i to i + fixed_width, in the order of lower_pairs and upper_pairs, the last
  // columns maybe twice; or false if 32 bits may not hold them.
  template <int WeightFraction, int GradientFraction, std::size_t Outputs, std::size_t Inputs>
  static bool by_columns(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                         std::span<const nn::Fixed<16, GradientFraction>, Outputs> g, auto visit) {
    constexpr std::size_t pairs = (Outputs + 1) / 2;
    FixedVector factors[pairs];
    std::int32_t size = 0;
    for (std::size_t p = 0; p < pairs; ++p) {
      const std::int16_t low = g[2 * p].raw, high = 2 * p + 1 < Outputs ? g[2 * p + 1].raw : std::int16_t{0};
      factors[p] = each_32(pair_of(low, high));
      size += magnitude(low) + magnitude(high);
      if (size >= 1 << 16) return false;
    }
    const std::int16_t* const w = raw(weight[0].data());
    for (std::size_t i = 0; i < Inputs; i += fixed_width) {
      const std::size_t place = std::min(i, Inputs - fixed_width);
      FixedVector lower{}, upper{};
      for (std::size_t p = 0; p < pairs; ++p) {
        const FixedVector first = load_fixed(w + 2 * p * Inputs + place);
        const FixedVector second = 2 * p + 1 < Outputs ? load_fixed(w + (2 * p + 1) * Inputs + place) : FixedVector{};
        lower = add_pair_products(lower, lower_pairs(first, second), factors[p]);
        upper = add_pair_products(upper, upper_pairs(first, second), factors[p]);
      }
      visit(place, lower, upper);
    }
    return true;
  }

  template <std::size_t Inputs>
  static std::int32_t largest_size(const std::int16_t* x) {
    constexpr std::size_t vectors = Inputs - Inputs % fixed_width;
    FixedVector size{};
    for (std::size_t i = 0; i < vectors; i += fixed_width) size = greater_16(size, sizes(load_fixed(x + i)));
    std::int32_t result = largest_of(size);
    for (std::size_t i = vectors; i < Inputs; ++i) result = std::max(result, magnitude(x[i]));
    return result + 1;  // -2^15 counts one too little
  }

  template <std::size_t Count, int Fraction>
  static auto raw_of(std::span<const nn::Fixed<16, Fraction>* const> numbers) {
    std::array<const std::int16_t*, Count> all{};
    for (std::size_t k = 0; k < numbers.size(); ++k) all[k] = raw(numbers[k]);
    return all;
  }

  // Numbers of up to Count vectors, those of two side by side as factors of pair_products: those of vectors that are not there
  // are 0.
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
    constexpr std::size_t width = fixed_width / 2;
    FixedVector beyond{};
    std::int32_t any = 0;
    const auto add = [&](auto used) {
      FixedVector factor[Count / 2];
      for (std::size_t p = 0; p < used(); ++p) factor[p] = each_32(factors[p]);
      const std::size_t vectors = count - count % width;
      for (std::size_t i = 0; i < vectors; i += width) {
        const FixedVector before = load_fixed(sum + i);
        FixedVector more{};
        for (std::size_t p = 0; p < used(); ++p)
          more = add_pair_products(more, load_fixed(inputs.pairs[p].data() + i), factor[p]);
        beyond = either(beyond, add_32(before, each_32(1 << 30)));
        store_fixed(sum + i, Sign > 0 ? add_32(before, more) : subtract_32(before, more));
      }
      for (std::size_t i = vectors; i < count; ++i) {
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
    return signs_32(beyond) == 0 && any < 1 << 30;
  }
};

}  // namespace target
