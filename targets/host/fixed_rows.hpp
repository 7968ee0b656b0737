// FixedRows: what plain SGD adds to rows of 16-bit weights for one sample, in vectors, with the bits of the portable kernel.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "fixed_vector.hpp"
#include "nn/kernels.hpp"
#include "nn/number/factor.hpp"
#include "nn/number/fixed_point.hpp"
#include "words.hpp"

namespace target {

struct FixedRows : nn::Portable {
  using Portable::add_row;

  // To the nearest; at random each row has a stream of its own, in the portable one.
  template <class Arithmetic, int WeightFraction, int InputFraction>
    requires(!Arithmetic::watched)
  static constexpr void add_row(nn::Fixed<16, WeightFraction>* w, nn::RowStep step, const nn::Fixed<16, InputFraction>* x,
                                std::size_t count, nn::NearestRow row) {
    if (std::is_constant_evaluated() || count < fixed_width) return Portable::add_row<Arithmetic>(w, step, x, count, row);
    if (step.m == 0) return;
    const FixedVector m = each_16(static_cast<std::int16_t>(step.m));
    if (step.k > 16) {
      add_high_halves(raw_of(w), static_cast<std::int16_t>(step.m), step.k, raw(x), count);
    } else if (step.k == 16) {
      add_changes(raw_of(w), raw(x), count, 0, [&](FixedVector weight, FixedVector input) {
        return saturating_add(weight, add_16(high_halves(m, input), highest_bits(low_halves(m, input))));
      });
    } else {
      const FixedVector one = each_32(1);
      const __m128i dropped = _mm_cvtsi32_si128(step.k - 1);
      const auto rounded = [&](FixedVector product) { return halved(add_32(shifted(product, dropped), one)); };
      add_changes(raw_of(w), raw(x), count, 0, [&](FixedVector weight, FixedVector input) {
        return narrowed(add_32(lower_wide(weight), rounded(lower_products(m, input))),
                        add_32(upper_wide(weight), rounded(upper_products(m, input))));
      });
    }
  }

#ifdef __AVX2__
  // The same of all rows, whose steps are worked out in lanes. A short row without a gradient changes by 0 in less time than it
  // takes to guess wrongly which these are.
  template <class Arithmetic, int WeightFraction, int GradientFraction, int InputFraction, std::size_t Outputs,
            std::size_t Inputs>
    requires(Inputs >= fixed_width)
  static void descend_product(nn::Matrix<nn::Fixed<16, WeightFraction>, Outputs, Inputs>& weight, nn::Factor factor,
                       std::span<const nn::Fixed<16, GradientFraction>, Outputs> g,
                       std::span<const nn::Fixed<16, InputFraction>, Inputs> x) {
    constexpr std::size_t short_row = 128;
    const int most = factor.shift + GradientFraction + InputFraction - WeightFraction;
    const bool in_lanes = 17 <= most && most <= 30;
    RowSteps<Outputs> steps;
    if (in_lanes) steps.find(raw(g.data()), factor.mantissa, most);
    for (std::size_t o = 0; o < Outputs; ++o) {
      std::int16_t* const w = raw_of(weight[o].data());
      if (in_lanes && steps.k[o] > 16) {
        if (Inputs <= short_row || steps.m[o] != 0)
          add_high_halves(w, static_cast<std::int16_t>(steps.m[o]), steps.k[o], raw(x.data()), Inputs);
      } else if (g[o].raw != 0) {
        const nn::RowStep step = in_lanes ? nn::RowStep{steps.m[o], steps.k[o]}
                                          : nn::RowStep::of(factor, g[o], InputFraction, WeightFraction);
        add_row<Arithmetic>(weight[o].data(), step, x.data(), Inputs, nn::NearestRow{});
      }
    }
  }
#endif

 private:
  template <int Fraction>
  static std::int16_t* raw_of(nn::Fixed<16, Fraction>* x) {
    return &x->raw;
  }

  // For k above 16, where of m·x the high halves suffice.
  [[gnu::always_inline]] static void add_high_halves(std::int16_t* w, std::int16_t m, int k, const std::int16_t* x,
                                                     std::size_t count) {
    const __m128i dropped = _mm_cvtsi32_si128(k - 17);
    const auto changed = [&]<bool Wide>(FixedLanes<Wide> numbers, auto weight, auto input) {
      const auto high = high_halves(numbers.of_numbers(m), input);
      return saturating_add(weight, halved_16(add_16(shifted_16(high, dropped), numbers.of_numbers(1))));
    };
    std::size_t i = 0;
    if constexpr (has_wide_fixed)
      for (; i + 2 * fixed_width <= count; i += 2 * fixed_width)
        store_fixed(w + i, changed(FixedLanes<true>{}, FixedLanes<true>::load(w + i), FixedLanes<true>::load(x + i)));
    if (i < count)
      add_changes(w, x, count, i, [&](FixedVector weight, FixedVector input) {
        return changed(FixedLanes<false>{}, weight, input);
      });
  }

  // w[i] ← changed(w[i], x[i]) from i on, which is w[i] where x[i] is 0; count is a vector at least.
  static void add_changes(std::int16_t* w, const std::int16_t* x, std::size_t count, std::size_t i, auto changed) {
    for (; i + fixed_width <= count; i += fixed_width) store_fixed(w + i, changed(load_fixed(w + i), load_fixed(x + i)));
    if (i == count) return;
    w += count - fixed_width;
    x += count - fixed_width;
    store_fixed(w, changed(load_fixed(w), both_of(load_fixed(x), after(fixed_width - (count - i)))));
  }

#ifdef __AVX2__
  // nn::RowStep::of each gradient, where k is `most` for a small one, and 1 to 30 for all.
  template <std::size_t Outputs>
  struct RowSteps {
    static constexpr std::size_t width = sizeof(WideWords) / sizeof(std::uint32_t);
    static constexpr std::size_t padded = (Outputs + width - 1) / width * width;
    std::array<std::int32_t, padded> m, k;

    void find(const std::int16_t* gradients, std::int32_t mantissa, int most) {
      std::array<std::int16_t, padded> g{};
      std::copy_n(gradients, Outputs, g.data());
      for (std::size_t o = 0; o < padded; o += width) {
        const WideWords product = load_shorts(WideWords{}, &g[o]) * static_cast<std::uint32_t>(-mantissa);
        const WideWords spare = lesser(leading_zeros(sizes_of(product)), WideWords{} + 17u), surplus = 17u - spare;
        const WideWords half = left_each(WideWords{} + 1u, surplus) >> 1;
        const auto rounded = as_signed(product + half) >> as_signed(surplus);
        const auto limit = as_signed(WideWords{} + 32767u);
        const auto held = rounded > limit ? limit : rounded < -limit ? -limit : rounded;
        const WideWords shift = static_cast<std::uint32_t>(most) - surplus;
        std::memcpy(&m[o], &held, sizeof held);
        std::memcpy(&k[o], &shift, sizeof shift);
      }
    }
  };
#endif
};

}  // namespace target
