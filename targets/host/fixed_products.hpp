// FixedProducts: a matrix of numbers of 16 bits times inputs, and its columns times gradients, on x86. Sums of products are
// exact, so 32 bits serve as long as they cannot overflow, which the sizes of one side tell: |Σ a·b| <= 2^15 · Σ |b| < 2^31
// where Σ |b| < 2^16. Where they do not tell, the portable kernels run.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "fixed_gradients.hpp"
#include "fixed_vector.hpp"
#include "nn/number/fixed_point.hpp"

namespace target {

struct FixedProducts : FixedGradients {
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
    in_fours<0, Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
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
    constexpr int dropped = WeightFraction + InputFraction - Fraction;
    const auto in_vectors = [&]<std::size_t First>(std::integral_constant<std::size_t, First>, auto sums_of) {
      in_fours<First, Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
        std::int32_t bias[4]{};
        std::memcpy(bias, &b[o], Rows * sizeof *bias);
        FixedVector lanes[4];
        dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), 0, vectors_of<Inputs>, lanes);
        const __m128i all = rounded<dropped>(sums_of(lanes, four_words(bias)));
        std::memcpy(&y[o], &all, Rows * sizeof(std::int16_t));
      });
    };
    const auto sums = [](const FixedVector* lanes, __m128i bias) { return saturating_sums(sums_of_four(lanes), bias); };
    if (reach != Reach::sum) return in_vectors(std::integral_constant<std::size_t, 0>{}, saturating_wide_sums);
#ifdef __AVX2__
    constexpr std::size_t in_eights = Outputs - Outputs % 8;
    for (std::size_t o = 0; o < in_eights; o += 8) {
      FixedVector lanes[8];
      dots<8, Inputs>(raw(weight[o].data()), raw(x.data()), 0, vectors_of<Inputs>, lanes);
      const __m128i all = rounded<dropped>(saturating_sums(sums_of_eight(lanes), load_fixed(&b[o])));
      std::memcpy(&y[o], &all, sizeof all);
    }
#else
    constexpr std::size_t in_eights = 0;
#endif
    in_vectors(std::integral_constant<std::size_t, in_eights>{}, sums);
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

 protected:
  // Four sums, each to the nearest after so many bits were dropped.
  template <int Dropped>
  static __m128i rounded(__m128i sums) {
    const __m128i nearest = _mm_srai_epi32(_mm_add_epi32(_mm_srai_epi32(sums, Dropped - 1), _mm_set1_epi32(1)), 1);
    return _mm_packs_epi32(nearest, nearest);
  }

#ifdef __AVX2__
  template <int Dropped>
  static __m128i rounded(__m256i sums) {
    return narrowed(halved(add_32(_mm256_srai_epi32(sums, Dropped - 1), each_32(1))));
  }
#endif
#ifdef __AVX512BW__
  template <int Dropped>
  static __m256i rounded(__m512i sums) {
    const __m512i twice = _mm512_maskz_srai_epi32(all_words, sums, Dropped - 1);
    const __m512i nearest = _mm512_maskz_srai_epi32(all_words, add_32(twice, FixedLanes<true>::each(1)), 1);
    return _mm512_maskz_cvtsepi32_epi16(all_words, nearest);
  }
#endif

 private:
  template <std::size_t First, std::size_t Outputs>
  static void in_fours(auto visit) {
    for (std::size_t o = First; o < Outputs - Outputs % 4; o += 4) visit(std::integral_constant<std::size_t, 4>{}, o);
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

  // Rows times x, in vectors `first` to `end`; 0 where there is no row.
  template <std::size_t Rows, std::size_t Inputs, std::size_t Most>
  static void dots(const std::int16_t* w, const std::int16_t* x, std::size_t first, std::size_t end, FixedVector (&to)[Most]) {
    FixedVector sum[Most]{};
    for (std::size_t i = first; i < end; ++i) {
      const FixedVector input = input_of<Inputs>(x, i);
      for (std::size_t r = 0; r < Rows; ++r)
        sum[r] = add_pair_products(sum[r], load_fixed(w + r * Inputs + place_of<Inputs>(i)), input);
    }
    for (std::size_t r = 0; r < Most; ++r) to[r] = sum[r];
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
    const __m128i above_all = _mm_cmpgt_epi32(high, _mm_set1_epi32(INT16_MAX));
    const __m128i beyond = _mm_or_si128(above_all, _mm_cmpgt_epi32(_mm_set1_epi32(INT16_MIN), high));
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
};

}  // namespace target
