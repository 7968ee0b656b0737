// RootLanes: nn::RootSteps of several parameters at a time, with its bits. With AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/optimizer/root_steps.hpp"
#include "words.hpp"

namespace target {

#ifdef __AVX2__
// As nn::mantissa::quick_root.
template <class W>
[[gnu::always_inline]] inline W quick_roots(W m) {
  const W first = inverted_roots(m >> 24);
  const W inverse = high_products(first << 16, 0xc0000000u - high_products(m, first * first));
  const W root = high_products(m, inverse) >> 14;
  return (root << 16) + high_products((m - root * root) << 1, inverse);
}

// a / b for a whose highest bit is set and b of 2^15 to 2^16: as floats it is at most 1 off, which the remainder tells.
template <class W>
[[gnu::always_inline]] inline W quotients(W a, W b) {
  const auto half = in_float(a >> 1) / in_float(b);
  const W q = towards_0(half + half);
  const W rest = a - q * b;
  const auto below = as_signed(rest) >> 31, above = as_signed(rest) > as_signed(b - 1u);
  return q + reinterpret_cast<W>(below) - reinterpret_cast<W>(above);
}

// Several vectors. One step of one vector waits for its own numbers most of the time: several in turns do not.
template <class W, std::size_t Count>
struct Words {
  static constexpr std::size_t size = Count * sizeof(W) / sizeof(std::uint32_t);
  W of[Count];
  static Words load(const void* place) {
    Words words;
    std::memcpy(words.of, place, sizeof words.of);
    return words;
  }
  void store(void* place) const { std::memcpy(place, of, sizeof of); }
  bool any() const {
    W all = of[0];
    for (std::size_t k = 1; k < Count; ++k) all |= of[k];
    return target::any(all);
  }
  static Words each(auto f) {
    Words words;
    for (std::size_t k = 0; k < Count; ++k) words.of[k] = f(k);
    return words;
  }
};

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
  static Words<W, Count> averaged(std::int32_t share, const Words<W, Count>& x, const Words<W, Count>& y) {
    const auto taken = as_longs(W{} + static_cast<std::uint32_t>(share));
    const auto kept = as_longs(W{} + ((1u << 30) - static_cast<std::uint32_t>(share)));
    const auto sum = [&](auto a, auto b) { return signed_products(a, kept) + signed_products(b, taken) + (1u << 29); };
    return Words<W, Count>::each([&](std::size_t k) {
      const auto a = as_longs(x.of[k]), b = as_longs(y.of[k]);
      return interleaved(sum(a, b) >> 30, sum(a >> 32, b >> 32) << 2);
    });
  }

  template <std::size_t Count>
  Words<W, Count> mean_square(const Words<W, Count>& root, const Words<W, Count>& g) const {
    Words<W, Count> mean, down;  // the mean is shifted up, its root is to be shifted down
    for (std::size_t k = 0; k < Count; ++k) {
      const W size = sizes_of(g.of[k]);
      const W up = leading_zeros(size | root.of[k]);
      const W from_root = left_each(root.of[k], up), to_root = left_each(size, up);
      const W from = high_products(from_root, from_root), to = high_products(to_root, to_root);
      const W sum = (from - high_products(from, share_of_square) + high_products(to, share_of_square)) | 1u;
      const W more = leading_zeros(sum) & ~1u;
      mean.of[k] = left_each(sum, more);
      down.of[k] = up + (more >> 1);  // where all is 0, 32 at least; then nothing is left
    }
    return Words<W, Count>::each([&](std::size_t k) {
      const W highest = W{} + std::uint32_t{INT32_MAX};
      const W twice = right_each(quick_roots(mean.of[k]), down.of[k] - 1u);
      return down.of[k] == 0u ? highest : lesser(twice - (twice >> 1), highest);
    });
  }

  template <std::size_t Count>
  Words<W, Count> over_root(const Words<W, Count>& m, const Words<W, Count>& root) const {
    return Words<W, Count>::each([&](std::size_t k) { return over_root(m.of[k], root.of[k]); });
  }

 private:
  W over_root(W m, W root) const {
    const W size = sizes_of(m);
    const W divisor = greater(root + least_divisor, W{} + 1u);
    const W of_size = leading_zeros(size), of_divisor = leading_zeros(divisor);
    const W short_divisor = ((left_each(divisor, of_divisor) >> 15) + 1u) >> 1;
    const W quotient = quotients(left_each(size, of_size), short_divisor) << 15;  // 0 of 0
    const W product = high_products(quotient, factor);
    const W by = dropped + of_size - of_divisor;
    const W twice = right_each(product, by - 1u);
    W step = twice - (twice >> 1);
    if (const auto to_left = as_signed(by) < 1; any(reinterpret_cast<W>(to_left)))
      step = to_left ? shifted_up(product, W{} - by) : step;
    step = lesser(step, most);
    const W below = reinterpret_cast<W>(as_signed(m) >> 31) ^ negative;
    return (step ^ below) - below;
  }
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
