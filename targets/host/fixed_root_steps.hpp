// RootLanes: nn::RootSteps of several parameters at a time, with its bits. With AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "nn/optimizer/root_steps.hpp"
#include "words.hpp"

namespace target {

#ifdef __AVX2__
// Several vectors. What is computed of one waits for itself most of the time; a few instructions of each in turns do not.
template <class W, std::size_t Count>
struct Words {
  static constexpr std::size_t width = sizeof(W) / sizeof(std::uint32_t);
  W of[Count];

  [[gnu::always_inline]] static Words each(auto f) {
    return [&]<std::size_t... K>(std::index_sequence<K...>) __attribute__((always_inline)) { return Words{{f(K)...}}; }
    (std::make_index_sequence<Count>{});
  }
  [[gnu::always_inline]] static Words load(const auto* place) {
    return each([&](std::size_t k) { return load_as_words<W>(place + k * width); });
  }
  [[gnu::always_inline]] void store(auto* place) const {
    for (std::size_t k = 0; k < Count; ++k) std::memcpy(place + k * width, &of[k], sizeof(W));
  }
  [[gnu::always_inline]] bool any() const {
    W all = of[0];
    for (std::size_t k = 1; k < Count; ++k) all |= of[k];
    return target::any(all);
  }
};

// As nn::mantissa::quick_root.
template <class W, std::size_t Count>
[[gnu::always_inline]] inline Words<W, Count> quick_roots(const Words<W, Count>& m) {
  using All = Words<W, Count>;
  const All first = All::each([&](std::size_t k) { return inverted_roots(m.of[k] >> 24); });
  const All near = All::each([&](std::size_t k) { return 0xc0000000u - high_products(m.of[k], first.of[k] * first.of[k]); });
  const All inverse = All::each([&](std::size_t k) { return high_products(first.of[k] << 16, near.of[k]); });
  const All root = All::each([&](std::size_t k) { return high_products(m.of[k], inverse.of[k]) >> 14; });
  const All rest = All::each([&](std::size_t k) { return (m.of[k] - root.of[k] * root.of[k]) << 1; });
  return All::each([&](std::size_t k) { return (root.of[k] << 16) + high_products(rest.of[k], inverse.of[k]); });
}

// a / b for each a whose highest bit is set and b of 2^15 to 2^16.
template <class W, std::size_t Count>
[[gnu::always_inline]] inline Words<W, Count> quotients(const Words<W, Count>& a, const Words<W, Count>& b) {
  using All = Words<W, Count>;
  const All near = All::each([&](std::size_t k) { return near_quotients(a.of[k], b.of[k]); });
  return All::each([&](std::size_t k) { return exact_quotients(near.of[k], a.of[k], b.of[k]); });
}

template <class W>
struct RootLanes {
  W share_of_square, least_divisor, factor, dropped, negative, most;

  template <class Moment>
  explicit RootLanes(const nn::RootSteps<Moment>& steps)
      : share_of_square{W{} + steps.share_of_square},
        least_divisor{W{} + steps.least_divisor},
        factor{W{} + steps.factor},
        dropped{W{} + static_cast<std::uint32_t>(steps.dropped)},
        negative{W{} - std::uint32_t{steps.negative}},
        most{W{} + steps.most} {}

  template <std::size_t Count>
  [[gnu::always_inline]] static Words<W, Count> averaged(std::int32_t share, const Words<W, Count>& x, const Words<W, Count>& y) {
    const auto taken = as_longs(W{} + static_cast<std::uint32_t>(share));
    const auto kept = as_longs(W{} + ((1u << 30) - static_cast<std::uint32_t>(share)));
    const auto sum = [&](auto a, auto b) { return signed_products(a, kept) + signed_products(b, taken) + (1u << 29); };
    return Words<W, Count>::each([&](std::size_t k) {
      const auto a = as_longs(x.of[k]), b = as_longs(y.of[k]);
      return interleaved(sum(a, b) >> 30, sum(a >> 32, b >> 32) << 2);
    });
  }

  template <std::size_t Count>
  [[gnu::always_inline]] Words<W, Count> mean_square(const Words<W, Count>& root, const Words<W, Count>& g) const {
    using All = Words<W, Count>;
    const All size = All::each([&](std::size_t k) { return sizes_of(g.of[k]); });
    const All up = All::each([&](std::size_t k) { return leading_zeros(size.of[k] | root.of[k]); });
    const auto square = [](W x) { return high_products(x, x); };
    const All from = All::each([&](std::size_t k) { return square(left_each(root.of[k], up.of[k])); });
    const All to = All::each([&](std::size_t k) { return square(left_each(size.of[k], up.of[k])); });
    const All kept = All::each([&](std::size_t k) { return from.of[k] - high_products(from.of[k], share_of_square); });
    const All sum = All::each([&](std::size_t k) { return (kept.of[k] + high_products(to.of[k], share_of_square)) | 1u; });
    const All more = All::each([&](std::size_t k) { return leading_zeros(sum.of[k]) & ~1u; });
    const All roots = quick_roots(All::each([&](std::size_t k) { return left_each(sum.of[k], more.of[k]); }));
    return All::each([&](std::size_t k) {
      const W down = up.of[k] + (more.of[k] >> 1);  // where all is 0, 32 at least; then nothing is left
      const W highest = W{} + std::uint32_t{INT32_MAX}, twice = right_each(roots.of[k], down - 1u);
      return down == 0u ? highest : lesser(twice - (twice >> 1), highest);
    });
  }

  template <std::size_t Count>
  [[gnu::always_inline]] Words<W, Count> over_root(const Words<W, Count>& m, const Words<W, Count>& root) const {
    using All = Words<W, Count>;
    const All size = All::each([&](std::size_t k) { return sizes_of(m.of[k]); });
    const All divisor = All::each([&](std::size_t k) { return greater(root.of[k] + least_divisor, W{} + 1u); });
    const All of_size = All::each([&](std::size_t k) { return leading_zeros(size.of[k]); });
    const All of_divisor = All::each([&](std::size_t k) { return leading_zeros(divisor.of[k]); });
    const All long_size = All::each([&](std::size_t k) { return left_each(size.of[k], of_size.of[k]); });
    const All short_divisor =
        All::each([&](std::size_t k) { return ((left_each(divisor.of[k], of_divisor.of[k]) >> 15) + 1u) >> 1; });
    const All quotient = quotients(long_size, short_divisor);  // 0 of 0
    const All product = All::each([&](std::size_t k) { return high_products(quotient.of[k] << 15, factor); });
    const All by = All::each([&](std::size_t k) { return dropped + of_size.of[k] - of_divisor.of[k]; });
    return All::each([&](std::size_t k) {
      const W twice = right_each(product.of[k], by.of[k] - 1u);
      W step = twice - (twice >> 1);
      if (any_below_1(by.of[k])) step = as_signed(by.of[k]) < 1 ? shifted_up(product.of[k], W{} - by.of[k]) : step;
      step = lesser(step, most);
      const W below = reinterpret_cast<W>(as_signed(m.of[k]) >> 31) ^ negative;
      return (step ^ below) - below;
    });
  }

 private:
  static W shifted_up(W x, W by) {
    const W held = lesser(by, W{} + 31u), highest = W{} + std::uint32_t{INT32_MAX};
    return x <= right_each(highest, held) ? left_each(x, held) : highest;
  }
};

// Gradients with 23 bits behind the point as moments with 27, at the limits where these are beyond them.
template <class W>
W moments(W g) {
  const auto now = as_signed(g);
  const auto above = now > (INT32_MAX >> 4), below = now < (INT32_MIN >> 4);
  return above ? W{} + std::uint32_t{INT32_MAX} : below ? W{} + (1u << 31) : g << 4;
}
// What nn::Adam and nn::RmsProp ask of an arithmetic, where gradients are moments already.
struct AsTheyAre {
  static auto moment(const auto& g) { return g; }
};
#endif

}  // namespace target
