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
#include "fixed_vector.hpp"
#include "nn/kernels.hpp"
#include "nn/number/fixed_point.hpp"

namespace target {

struct FixedSums : nn::Portable {
  using Portable::affine;
  using Portable::transposed_product;
  using Portable::add_row;

  template <int WeightFraction, int BiasFraction, int InputFraction, std::size_t Outputs, std::size_t Inputs, class Store>
    requires(Inputs >= fixed_width)
  static constexpr void affine(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                               const std::array<nn::Fixed<32, BiasFraction>, Outputs>& b,
                               std::span<const nn::Fixed<16, InputFraction>, Inputs> x, Store store) {
    if (std::is_constant_evaluated()) return Portable::affine(weight, b, x, store);
    const auto parts = parts_of<Inputs>(raw(x.data()));
    if (parts.count == 0) return Portable::affine(weight, b, x, store);
    const auto rows = [&]<std::size_t Rows>(std::integral_constant<std::size_t, Rows>, std::size_t o) {
      std::int64_t sum[4];
      dots<Rows, Inputs>(raw(weight[o].data()), raw(x.data()), parts, sum);
      for (std::size_t r = 0; r < Rows; ++r)
        store(o + r, with_bias(nn::Fixed<64, WeightFraction + InputFraction>{sum[r]}, b[o + r]));
    };
    for (std::size_t o = 0; o < Outputs - Outputs % 4; o += 4) rows(std::integral_constant<std::size_t, 4>{}, o);
    if constexpr (Outputs % 4 != 0) rows(std::integral_constant<std::size_t, Outputs % 4>{}, Outputs - Outputs % 4);
  }

  template <int WeightFraction, int GradientFraction, std::size_t Outputs, std::size_t Inputs, class Store>
  static constexpr void transposed_product(const nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight,
                                           std::span<const nn::Fixed<16, GradientFraction>, Outputs> g, Store store) {
    if (std::is_constant_evaluated()) return Portable::transposed_product(weight, g, store);
    std::int32_t size = 0;
    for (std::size_t o = 0; o < Outputs; ++o) size += magnitude(g[o].raw);
    if (size >= 1 << 16) return Portable::transposed_product(weight, g, store);
    using Sum = nn::Fixed<64, WeightFraction + GradientFraction>;
    for (std::size_t i = 0; i < Inputs - Inputs % 8; i += 8) {
      __m128i low{}, high{};
      for (std::size_t o = 0; o < Outputs; o += 2) {
        const bool both = o + 1 < Outputs;
        const __m128i factors = _mm_set1_epi32(pair_of(g[o].raw, both ? g[o + 1].raw : std::int16_t{0}));
        const __m128i first = four_words(&weight[o][i]), second = four_words(&weight[both ? o + 1 : o][i]);
        low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi16(first, second), factors));
        high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi16(first, second), factors));
      }
      std::int32_t sum[8];
      _mm_storeu_si128(reinterpret_cast<__m128i*>(sum), low);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(sum + 4), high);
      for (std::size_t k = 0; k < 8; ++k) store(i + k, Sum{sum[k]});
    }
    for (std::size_t i = Inputs - Inputs % 8; i < Inputs; ++i) {
      std::int32_t sum = 0;
      for (std::size_t o = 0; o < Outputs; ++o) sum += std::int32_t{weight[o][i].raw} * g[o].raw;
      store(i, Sum{sum});
    }
  }

  // To the nearest; at random each row has a stream of its own, in the portable one.
  template <class Arithmetic, int WeightFraction, int InputFraction>
    requires(!Arithmetic::watched)
  static constexpr void add_row(nn::Fixed<16, WeightFraction>* w, nn::RowStep step, const nn::Fixed<16, InputFraction>* x,
                                std::size_t count, nn::NearestRow row) {
    if (std::is_constant_evaluated()) return Portable::add_row<Arithmetic>(w, step, x, count, row);
    const FixedVector m = each_16(static_cast<std::int16_t>(step.m)), one = each_32(1);
    const __m128i dropped = _mm_cvtsi32_si128(step.k - 1);
    const auto rounded = [&](FixedVector product) { return halved(add_32(shifted(product, dropped), one)); };
    const std::size_t vectors = count - count % fixed_width;
    for (std::size_t i = 0; i < vectors; i += fixed_width) {
      const FixedVector input = load_fixed(x + i), weight = load_fixed(w + i);
      store_fixed(w + i, narrowed(add_32(lower_wide(weight), rounded(lower_products(m, input))),
                                  add_32(upper_wide(weight), rounded(upper_products(m, input)))));
    }
    if (vectors < count) Portable::add_row<Arithmetic>(w + vectors, step, x + vectors, count - vectors, row);
  }

  // y[i] = e^(x[i] - highest) with 15 bits behind the point, whatever the format of y; y may be x.
  template <int InputFraction, int OutputFraction>
    requires(InputFraction >= 3)
  static void exponentials(nn::Fixed<16, OutputFraction>* y, const nn::Fixed<16, InputFraction>* x, nn::Fixed<16, InputFraction> highest,
                           std::size_t count) {
    fixed_exponentials<InputFraction>(&y->raw, &x->raw, highest.raw, count);
  }

  // w ← w - rate·(share·sum), as plain SGD computes it one by one, where both shifts are to the right.
  template <class Arithmetic, int WeightFraction, int Fraction, std::size_t Count>
  static bool descend(std::array<nn::Fixed<16, WeightFraction>, Count>& w, const std::array<nn::Fixed<32, Fraction>, Count>& sum,
                      float share, float rate) {
    constexpr int step_fraction = Arithmetic::Moment::fraction, more = step_fraction - WeightFraction;
    const nn::Factor of_sum = nn::Factor::of(share), of_gradient = nn::Factor::of(rate);
    const int first = of_sum.shift, second = Fraction + of_gradient.shift - step_fraction;
    if (share > 1 || first < 1 || first > 62 || second < 1 || second > 62) return false;
    const auto nearest = [](std::int64_t x, int dropped) { return ((x >> (dropped - 1)) + 1) >> 1; };
    for (std::size_t i = 0; i < Count; ++i) {
      const auto gradient = static_cast<std::int32_t>(nearest(std::int64_t{sum[i].raw} * of_sum.mantissa, first));
      const std::int64_t step = std::clamp<std::int64_t>(nearest(std::int64_t{gradient} * of_gradient.mantissa, second), INT32_MIN, INT32_MAX);
      const std::int64_t now = nearest(std::int64_t{w[i].raw} * (1 << more) - step, more);
      w[i].raw = static_cast<std::int16_t>(std::clamp<std::int64_t>(now, INT16_MIN, INT16_MAX));
    }
    return true;
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

  // Where to end sums of 32 bits: before Σ |x| may reach 2^16. None if x is too large for that.
  template <std::size_t Inputs>
  struct Parts {
    std::size_t count = 0;
    std::array<std::size_t, Inputs / fixed_width + 1> end;
  };
  template <std::size_t Inputs>
  static Parts<Inputs> parts_of(const std::int16_t* x) {
    constexpr std::int32_t most = (1 << 16) - 3;  // -2^15 counts one too little
    constexpr std::size_t vectors = Inputs - Inputs % fixed_width;
    constexpr std::size_t blocks = 4 * fixed_width;
    Parts<Inputs> parts;
    std::int32_t size = 0;
    for (std::size_t i = 0; i < vectors; i += blocks) {
      const std::size_t end = std::min(vectors, i + blocks);
      FixedVector sum{};
      for (std::size_t k = i; k < end; k += fixed_width) sum = add_32(sum, pair_products(sizes(load_fixed(x + k)), each_16(1)));
      const std::int32_t more = sum_of(sum);
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

  // Up to four rows times x.
  template <std::size_t Rows, std::size_t Inputs>
  static void dots(const std::int16_t* w, const std::int16_t* x, const Parts<Inputs>& parts, std::int64_t (&total)[4]) {
    for (std::size_t r = 0; r < Rows; ++r) {
      total[r] = 0;
      for (std::size_t i = Inputs - Inputs % fixed_width; i < Inputs; ++i) total[r] += std::int32_t{w[r * Inputs + i]} * x[i];
    }
    std::size_t i = 0;
    for (std::size_t part = 0; part < parts.count; ++part) {
      FixedVector sum[4]{};
      for (; i < parts.end[part]; i += fixed_width) {
        const FixedVector input = load_fixed(x + i);
        for (std::size_t r = 0; r < Rows; ++r) sum[r] = add_32(sum[r], pair_products(load_fixed(w + r * Inputs + i), input));
      }
      std::int32_t of_part[4];
      _mm_storeu_si128(reinterpret_cast<__m128i*>(of_part), sums_of_four(sum));
      for (std::size_t r = 0; r < Rows; ++r) total[r] += of_part[r];
    }
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
