// FixedSums: kernels of numbers of 16 bits on x86. Sums of products are exact, so 32 bits serve as long as they cannot overflow,
// which the sizes of one side tell: |Σ a·b| <= 2^15 · Σ |b| < 2^31 where Σ |b| < 2^16. Where they do not tell, the portable ones run.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "fixed_exponentials.hpp"
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
    const auto parts = parts_of<Inputs>(raw(x.data()));
    if (parts.count == 0) return Portable::affine(weight, b, x, store);
    in_fours<Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
      const auto sums = long_dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), parts);
      for (std::size_t r = 0; r < Rows; ++r) store(o + r, with_bias(nn::Fixed<64, WeightFraction + InputFraction>{sums[r]}, b[o + r]));
    });
  }

  // y[o] ← W[o]·x + b[o], to the nearest: as affine, and rounded in vectors, too.
  template <int WeightFraction, int InputFraction, int Fraction, std::size_t Outputs, std::size_t Inputs>
    requires(Inputs >= fixed_width && rounds<WeightFraction + InputFraction, Fraction>)
  static constexpr void affine_to(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                                  const std::array<nn::Fixed<32, WeightFraction + InputFraction>, Outputs>& b,
                                  std::span<const nn::Fixed<16, InputFraction>, Inputs> x, std::span<nn::Fixed<16, Fraction>, Outputs> y) {
    const auto round_each = [y](std::size_t o, auto sum) { y[o] = nn::narrow<nn::Fixed<16, Fraction>>(sum); };
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, round_each);
    const auto parts = parts_of<Inputs>(raw(x.data()));
    if (parts.count != 1) return affine(weight, b, x, round_each);
    in_fours<Outputs>([&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
      std::int32_t bias[4]{};
      std::memcpy(bias, &b[o], Rows * sizeof *bias);
      const __m128i sums = dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), 0, Parts<Inputs>::vectors);
      const __m128i all = rounded<WeightFraction + InputFraction - Fraction>(saturating_sums(sums, four_words(bias)));
      std::memcpy(&y[o], &all, Rows * sizeof(std::int16_t));
    });
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
  static void exponentials(nn::Fixed<16, OutputFraction>* y, const nn::Fixed<16, InputFraction>* x, nn::Fixed<16, InputFraction> highest,
                           std::size_t count) {
    fixed_exponentials<InputFraction>(&y->raw, &x->raw, highest.raw, count);
  }
  // Of these, y[i]·share with `dropped` bits less.
  template <int Fraction>
  static void shares(nn::Fixed<16, Fraction>* y, std::size_t count, std::uint32_t share, int dropped) {
    fixed_shares(&y->raw, count, share, dropped);
  }

  // Rows `first` to `last` of sum += Σ_k g[k]·x[k]ᵀ, in the order of k where a sum might saturate.
  template <int Fraction, int GradientFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs>
    requires(GradientFraction + InputFraction == Fraction)
  static void add_outer_products(nn::Matrix<nn::Fixed<32, Fraction>, Outputs, Inputs>& sum,
                                 std::span<const nn::Fixed<16, GradientFraction>* const> g,
                                 std::span<const nn::Fixed<16, InputFraction>* const> x, std::size_t first, std::size_t last) {
    constexpr std::size_t most = 8, block = std::min<std::size_t>(Inputs, 512);
    for (std::size_t from = 0; from < x.size(); from += most) {
      const std::size_t count = std::min(most, x.size() - from), pairs = (count + 1) / 2;
      std::array<std::int32_t, most> size;
      for (std::size_t k = 0; k < count; ++k) size[k] = largest_size<Inputs>(raw(x[from + k]));
      for (std::size_t i = 0; i < Inputs; i += block) {
        const std::size_t columns = std::min(block, Inputs - i);
        std::array<std::array<std::int32_t, block>, most / 2> inputs;
        for (std::size_t p = 0; p < pairs; ++p) {
          const bool both = 2 * p + 1 < count;
          interleave(raw(x[from + 2 * p]) + i, both ? raw(x[from + 2 * p + 1]) + i : nullptr, columns, inputs[p].data());
        }
        for (std::size_t o = first; o < last; ++o) {
          std::array<std::int32_t, most / 2> factors;
          std::array<const std::int32_t*, most / 2> taken;
          std::size_t used = 0;
          std::int64_t bound = 0;
          for (std::size_t p = 0; p < pairs; ++p) {
            const bool both = 2 * p + 1 < count;
            const std::int16_t low = g[from + 2 * p][o].raw, high = both ? g[from + 2 * p + 1][o].raw : std::int16_t{0};
            if (low == 0 && high == 0) continue;
            factors[used] = pair_of(low, high);
            taken[used++] = inputs[p].data();
            bound += std::int64_t{magnitude(low)} * size[2 * p] + (both ? std::int64_t{magnitude(high)} * size[2 * p + 1] : 0);
          }
          if (used == 0) continue;
          nn::Fixed<32, Fraction>* const row = sum[o].data() + i;
          if (bound < 1 << 30 && below_half(row, columns)) {
            add_pairs(row, columns, used, factors.data(), taken.data());
            continue;
          }
          for (std::size_t k = 0; k < count; ++k)
            for (std::size_t c = 0; c < columns; ++c) row[c] = nn::saturating_sum(row[c], g[from + k][o] * x[from + k][i + c]);
        }
      }
    }
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
    return std::min(vector * fixed_width, Inputs - fixed_width);
  }
  template <std::size_t Inputs>
  static FixedVector input_of(const std::int16_t* x, std::size_t vector) {
    const FixedVector all = load_fixed(x + place_of<Inputs>(vector));
    if constexpr (Inputs % fixed_width != 0)
      if (vector == Inputs / fixed_width) return both_of(all, after(fixed_width - Inputs % fixed_width));
    return all;
  }

  // Where to end sums of 32 bits: before Σ |x| may reach 2^16. None if x is too large for that.
  template <std::size_t Inputs>
  struct Parts {
    static constexpr std::size_t vectors = (Inputs + fixed_width - 1) / fixed_width;
    std::size_t count = 0;
    std::array<std::size_t, vectors> end;
  };
  template <std::size_t Inputs>
  static std::int32_t size_of(const std::int16_t* x, std::size_t vector, std::size_t end) {
    FixedVector sum{};
    for (; vector < end; ++vector) sum = add_32(sum, pair_products(sizes(input_of<Inputs>(x, vector)), each_16(1)));
    return sum_of(sum);
  }
  template <std::size_t Inputs>
  static Parts<Inputs> parts_of(const std::int16_t* x) {
    constexpr std::int32_t most = (1 << 16) - 3;  // -2^15 counts one too little
    constexpr std::size_t vectors = Parts<Inputs>::vectors, block = 4;
    Parts<Inputs> parts;
    if constexpr (Inputs < 1 << 16)
      if (size_of<Inputs>(x, 0, vectors) <= most) {
        parts.end[parts.count++] = vectors;
        return parts;
      }
    std::int32_t size = 0;
    for (std::size_t i = 0; i < vectors; i += block) {
      const std::int32_t more = size_of<Inputs>(x, i, std::min(vectors, i + block));
      if (more > most) return {};
      if (size + more > most) {
        parts.end[parts.count++] = i;
        size = 0;
      }
      size += more;
    }
    parts.end[parts.count++] = vectors;
    return parts;
  }

  // Up to four rows times x, in vectors `first` to `end`.
  template <std::size_t Rows, std::size_t Inputs>
  static __m128i dots(const std::int16_t* w, const std::int16_t* x, std::size_t first, std::size_t end) {
    FixedVector sum[4]{};
    for (std::size_t i = first; i < end; ++i) {
      const FixedVector input = input_of<Inputs>(x, i);
      for (std::size_t r = 0; r < Rows; ++r)
        sum[r] = add_32(sum[r], pair_products(load_fixed(w + r * Inputs + place_of<Inputs>(i)), input));
    }
    return sums_of_four(sum);
  }
  template <std::size_t Rows, std::size_t Inputs>
  static std::array<std::int64_t, 4> long_dots(const std::int16_t* w, const std::int16_t* x, const Parts<Inputs>& parts) {
    std::array<std::int64_t, 4> total{};
    for (std::size_t part = 0; part < parts.count; ++part) {
      std::int32_t of_part[4];
      const __m128i sums = dots<Rows, Inputs>(w, x, part == 0 ? 0 : parts.end[part - 1], parts.end[part]);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(of_part), sums);
      for (std::size_t r = 0; r < Rows; ++r) total[r] += of_part[r];
    }
    return total;
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
        lower = add_32(lower, pair_products(lower_pairs(first, second), factors[p]));
        upper = add_32(upper, pair_products(upper_pairs(first, second), factors[p]));
      }
      visit(place, lower, upper);
    }
    return true;
  }

  template <std::size_t Inputs>
  static std::int32_t largest_size(const std::int16_t* x) {
    constexpr std::size_t vectors = Inputs - Inputs % fixed_width;
    FixedVector most{};
    for (std::size_t i = 0; i < vectors; i += fixed_width) most = greater_16(most, sizes(load_fixed(x + i)));
    std::int16_t each[fixed_width];
    store_fixed(each, most);
    std::int32_t result = *std::max_element(each, each + fixed_width);
    for (std::size_t i = vectors; i < Inputs; ++i) result = std::max(result, magnitude(x[i]));
    return result + 1;  // -2^15 counts one too little
  }

  // a0 b0 a1 b1 …
  static void interleave(const std::int16_t* a, const std::int16_t* b, std::size_t count, std::int32_t* to) {
    for (std::size_t i = 0; i < count; ++i) to[i] = pair_of(a[i], b == nullptr ? std::int16_t{0} : b[i]);
  }

  // Whether every |x| < 2^30.
  template <int Fraction>
  static bool below_half(const nn::Fixed<32, Fraction>* x, std::size_t count) {
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < count; ++i) all |= static_cast<std::uint32_t>(x[i].raw ^ (x[i].raw >> 31));
    return all < 1u << 30;
  }

  template <int Fraction>
  static void add_pairs(nn::Fixed<32, Fraction>* sum, std::size_t count, std::size_t pairs, const std::int32_t* factors,
                        const std::int32_t* const* inputs) {
    constexpr std::size_t width = fixed_width / 2;
    const std::size_t vectors = count - count % width;
    FixedVector factor[4];
    for (std::size_t p = 0; p < pairs; ++p) factor[p] = each_32(factors[p]);
    for (std::size_t i = 0; i < vectors; i += width) {
      FixedVector total = load_fixed(sum + i);
      for (std::size_t p = 0; p < pairs; ++p) total = add_32(total, pair_products(load_fixed(inputs[p] + i), factor[p]));
      store_fixed(sum + i, total);
    }
    for (std::size_t i = vectors; i < count; ++i)
      for (std::size_t p = 0; p < pairs; ++p)
        sum[i].raw += std::int32_t{static_cast<std::int16_t>(inputs[p][i])} * static_cast<std::int16_t>(factors[p]) +
                      (inputs[p][i] >> 16) * (factors[p] >> 16);
  }
};

}  // namespace target
