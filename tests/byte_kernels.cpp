// 8-bit weights that learn: the step of a row against integers, its rounding, and the target's kernels against the portable ones,
// at the limits and at odd sizes and addresses.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

nn::Random stream{1};

using A = nn::Fixed8Stochastic;
using Weight = A::Weight;
using Activation = A::Activation;
using Gradient = A::Gradient;
using nn::ByteStep;

// Of the whole range: anything, or its limits; inputs are often 0.
template <class Number, std::size_t Count>
void fill(std::array<Number, Count>& numbers) {
  const std::uint32_t kind = stream.below(4);
  for (Number& x : numbers) {
    x.raw = static_cast<typename Number::Raw>(stream.next());
    if (kind == 1) x = Number::lowest();
    if (kind == 2) x = Number::highest();
    if (kind == 3 && stream.below(2) == 0) x = {};
  }
}

// m against -rate·g in units of 2^-24 of a weight's step for an input's: within one half, or the limit.
void steps() {
  for (int i = 0; i < 20'000; ++i) {
    const nn::Factor rate{static_cast<std::int32_t>(1u << 14 | stream.below(1u << 14)), 10 + static_cast<int>(stream.below(24))};
    const Gradient g{static_cast<std::int16_t>(static_cast<std::int32_t>(stream.next()) >> (16 + stream.below(16)))};
    const int input = static_cast<int>(stream.below(8)), weight = static_cast<int>(stream.below(8));
    const std::int32_t m = ByteStep::of(rate, g, input, weight).m;
    const int dropped = rate.shift + Gradient::fraction + input - weight - 24;
    const std::int64_t exact = -std::int64_t{rate.mantissa} * g.raw;
    const std::int64_t limit = (1 << 23) - 1;
    if (dropped > 0) {
      const std::int64_t off = (std::int64_t{m} << dropped) - exact;
      expect((off < 0 ? -off : off) <= (std::int64_t{1} << dropped) / 2 || (m == limit && off < 0) || (m == -limit && off > 0));
    } else {
      const std::int64_t wide = dropped > -24 ? exact * (1 << -dropped) : exact * (1 << 24);
      expect(m == (wide > limit ? limit : wide < -limit ? -limit : wide));
    }
  }
}

// Over all r[0], each change is m·x[i] on average: r[i] runs through all of [0, 1) as r[0] does. And those of a row are together
// within 1 of what they ought to be.
void roundings() {
  constexpr std::uint32_t draws = 1 << 10;
  for (const std::int32_t m : {1 << 14, -3 * (1 << 15), 12'345 * 64, -(1 << 22) - (1 << 20)}) {
    const std::array<std::int32_t, 5> x{127, -128, 0, 1, 77};
    std::array<std::int64_t, 5> total{};
    for (std::uint32_t draw = 0; draw < draws; ++draw) {
      std::uint32_t rest = draw << 14;
      std::int64_t exact = 0, changed = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const std::int32_t change = ByteStep{m}.change(x[i], rest);
        total[i] += change;
        changed += std::int64_t{change} << 24;
        exact += m * x[i];
      }
      const std::int64_t off = changed - exact;
      expect(off > -(1 << 24) && off < 1 << 24);
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::int64_t off = (total[i] << 14) - std::int64_t{m} * x[i];  // draws · 2^14 = 2^24
      expect(off > -(1 << 14) && off < 1 << 14);
    }
  }
}

template <std::size_t Count>
[[gnu::noinline]] void add_row(std::int32_t m, std::size_t offset) {
  std::array<Weight, Count + 3> portable;
  std::array<Activation, Count + 3> x;
  fill(portable);
  fill(x);
  auto fast = portable;
  const std::uint32_t rest = stream.next();
  nn::Portable::add_row<A>(&portable[offset], {m}, &x[offset], Count, rest);
  target::Kernels::add_row<A>(&fast[offset], {m}, &x[offset], Count, rest);
  expect(portable == fast);
}

template <std::size_t Outputs, std::size_t Inputs>
[[gnu::noinline]] void transposed_product() {
  nn::Matrix<Weight, Outputs, Inputs> w;
  std::array<Gradient, Outputs> g;
  for (auto& row : w) fill(row);
  fill(g);
  std::array<std::int64_t, Inputs> portable{}, fast{};
  const std::span<const Gradient, Outputs> gradient{g};
  nn::Portable::transposed_product(w, gradient, [&](std::size_t i, auto sum) { portable[i] = sum.raw; });
  target::Kernels::transposed_product(w, gradient, [&](std::size_t i, auto sum) { fast[i] = sum.raw; });
  expect(portable == fast);
}

template <std::size_t Count>
void all() {
  for (const std::int32_t m : {0, 1, -1, 77, -12345, 1 << 17, -(1 << 17) + 1, (1 << 23) - 1, 1 - (1 << 23)})
    for (std::size_t offset = 0; offset < 4; ++offset)
      for (int i = 0; i < 8; ++i) add_row<Count>(m, offset);
  for (int i = 0; i < 20; ++i) {
    transposed_product<Count, 1>();
    transposed_product<Count, 6>();
    transposed_product<Count, 7>();
  }
}

}  // namespace

int main() {
  steps();
  roundings();
  all<1>();
  all<7>();
  all<64>();
  all<511>();
  return expectations_failed();
}
