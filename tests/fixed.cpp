// Fixed: sums and products are exact, what is narrowed is rounded and saturates as stated. All pairs of 8 bits, against
// integers.
#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "expect.hpp"
#include "nn/number/narrow.hpp"
#include "nn/random.hpp"

namespace {

using nn::Fixed;
using nn::fits;
using nn::narrow;
using namespace nn::literals;

// The type of a result is as wide as it may become.
template <class A, class B>
using Product = decltype(A{} * B{});
template <class A, class B>
using Sum = decltype(A{} + B{});
static_assert(std::is_same_v<Product<Fixed<8, 3>, Fixed<8, 7>>, Fixed<16, 10>>);
static_assert(std::is_same_v<Product<Fixed<16, 13>, Fixed<16, 10>>, Fixed<32, 23>>);
static_assert(std::is_same_v<Product<Fixed<8, 3>, Fixed<16, 10>>, Fixed<32, 13>>);
static_assert(std::is_same_v<Product<Fixed<32, 24>, Fixed<32, 20>>, Fixed<64, 44>>);
static_assert(std::is_same_v<Sum<Fixed<8, 3>, Fixed<8, 3>>, Fixed<16, 3>>);
static_assert(std::is_same_v<Sum<Fixed<16, 0>, Fixed<16, 15>>, Fixed<32, 15>>);
static_assert(std::is_same_v<Sum<Fixed<16, 10>, Fixed<32, 10>>, Fixed<64, 10>>);
static_assert(std::is_same_v<decltype(-Fixed<16, 10>{}), Fixed<32, 10>>);
static_assert(sizeof(Fixed<8, 3>) == 1 && sizeof(Fixed<16, 3>) == 2 && sizeof(Fixed<32, 3>) == 4 && sizeof(Fixed<64, 3>) == 8);

// At the limits.
constexpr auto low = Fixed<16, 15>::lowest();
static_assert((low * low).raw == 1 << 30, "-1 · -1 = 1, beyond the format of either");
static_assert((-low).raw == 32768, "1, likewise");
static_assert((Fixed<32, 31>::lowest() * Fixed<32, 31>::lowest()).raw == std::int64_t{1} << 62);
static_assert((Fixed<32, 0>::lowest() + Fixed<32, 31>::lowest()).raw == -(std::int64_t{1} << 62) - (std::int64_t{1} << 31));
static_assert((Fixed<32, 0>::lowest() - Fixed<32, 31>::highest()).raw ==
              -(std::int64_t{1} << 62) - ((std::int64_t{1} << 31) - 1));
static_assert(Fixed<64, 0>::highest().raw == std::numeric_limits<std::int64_t>::max());
static_assert(Fixed<64, 63>::lowest().raw == std::numeric_limits<std::int64_t>::min());

// Widening is exact or saturates.
static_assert(narrow<Fixed<32, 20>>(Fixed<16, 10>{-3}).raw == -3 * 1024);
static_assert(narrow<Fixed<16, 15>>(Fixed<16, 0>{1}) == Fixed<16, 15>::highest());
static_assert(narrow<Fixed<16, 15>>(Fixed<16, 0>{-1}) == Fixed<16, 15>::lowest(), "-1 is in range");
static_assert(narrow<Fixed<16, 15>>(Fixed<16, 0>{-2}) == Fixed<16, 15>::lowest());
static_assert(narrow<Fixed<32, 31>>(Fixed<8, 0>{-1}) == Fixed<32, 31>::lowest());
static_assert(narrow<Fixed<64, 63>>(Fixed<32, 0>{-1}) == Fixed<64, 63>::lowest());
static_assert(narrow<Fixed<64, 63>>(Fixed<32, 0>{1}) == Fixed<64, 63>::highest());
static_assert(narrow<Fixed<8, 4>>(Fixed<32, 0>{1 << 24}) == Fixed<8, 4>::highest());
static_assert(narrow<Fixed<8, 4>>(Fixed<32, 0>{-(1 << 24)}) == Fixed<8, 4>::lowest());
static_assert(narrow<Fixed<8, 4>>(Fixed<64, 4>{std::int64_t{1} << 40}) == Fixed<8, 4>::highest());

// Halves go up, also those below 0; the floor goes down.
constexpr auto nearest(int raw) { return narrow<Fixed<8, 2>>(Fixed<16, 4>{static_cast<std::int16_t>(raw)}).raw; }
static_assert(nearest(5) == 1 && nearest(6) == 2 && nearest(7) == 2);
static_assert(nearest(-5) == -1 && nearest(-6) == -1 && nearest(-7) == -2);
static_assert(nearest(4 * 127 + 1) == 127 && nearest(4 * 127 + 2) == 127 && nearest(-4 * 128 - 2) == -128 &&
              nearest(-4 * 128 - 3) == -128);
static_assert(narrow<Fixed<8, 2>>(Fixed<16, 4>{7}, nn::Floor{}).raw == 1);
static_assert(narrow<Fixed<8, 2>>(Fixed<16, 4>{-5}, nn::Floor{}).raw == -2);
static_assert(narrow<Fixed<32, 0>>(Fixed<64, 63>::highest()).raw == 1, "rounding up at the highest value of 64 bits");
static_assert(narrow<Fixed<16, 0>>(Fixed<32, 31>::highest()).raw == 1);

// Stochastic: random / 2^16 is added before the floor.
constexpr auto stochastic(int raw, unsigned random) {
  return narrow<Fixed<8, 2>>(Fixed<16, 4>{static_cast<std::int16_t>(raw)}, nn::Stochastic{static_cast<std::uint16_t>(random)})
      .raw;
}
static_assert(stochastic(4, 0xffff) == 1, "a value of the format stays");
static_assert(stochastic(5, 0xbfff) == 1 && stochastic(5, 0xc000) == 2, "a quarter goes up in a quarter of the cases");
static_assert(stochastic(-5, 0x3fff) == -2 && stochastic(-5, 0x4000) == -1);
static_assert(stochastic(4 * 127 + 3, 0xffff) == 127 && stochastic(-4 * 128 - 3, 0) == -128, "and saturates");

static_assert(fits<Fixed<8, 2>>(Fixed<16, 4>{4 * 127 + 1}) && !fits<Fixed<8, 2>>(Fixed<16, 4>{4 * 127 + 2}));
static_assert(fits<Fixed<8, 2>>(Fixed<16, 4>{-4 * 128 - 2}) && !fits<Fixed<8, 2>>(Fixed<16, 4>{-4 * 128 - 3}));
static_assert(!fits<Fixed<32, 31>>(Fixed<64, 0>{1}) && fits<Fixed<32, 31>>(Fixed<64, 0>{-1}));

// From float: the nearest, halves upwards, saturating.
using F4 = Fixed<8, 4>;
constexpr float infinity = std::numeric_limits<float>::infinity();
static_assert(F4::from(0.5f).raw == 8 && F4::from(-0.5f).raw == -8);
static_assert(F4::from(0x1p-5f).raw == 1 && F4::from(-0x1p-5f).raw == 0, "half a step goes up");
static_assert(F4::from(0x1.fp-5f).raw == 1 && F4::from(-0x1.1p-5f).raw == -1 && F4::from(0x1.ep-6f).raw == 0);
static_assert(F4::from(7.9375f).raw == 127 && F4::from(7.96f).raw == 127 && F4::from(7.97f).raw == 127 &&
              F4::from(8.0f).raw == 127);
static_assert(F4::from(-8.0f).raw == -128 && F4::from(-8.04f).raw == -128);
static_assert(F4::from(infinity) == F4::highest() && F4::from(-infinity) == F4::lowest());
static_assert(F4::from(3e38f) == F4::highest() && F4::from(-3e38f) == F4::lowest() && F4::from(1e-45f).raw == 0);
static_assert(Fixed<32, 31>::from(0x1.fffffep-1f).raw == 0x7fffff80 && Fixed<32, 31>::from(1.0f) == Fixed<32, 31>::highest());
static_assert(Fixed<32, 0>::from(-0x1p31f) == Fixed<32, 0>::lowest() && Fixed<32, 0>::from(0x1p31f) == Fixed<32, 0>::highest());
static_assert(Fixed<32, 31>::from(0.3).raw == 644245094 && Fixed<32, 0>::from(2147483647.4).raw == 2147483647);
static_assert(nn::number<F4>(1.25f).raw == 20 && nn::number<float>(1.25f) == 1.25f);

// To float and double.
static_assert(static_cast<float>(F4{-5}) == -0.3125f && static_cast<float>(F4::lowest()) == -8);
static_assert(static_cast<double>(Fixed<32, 31>::highest()) == 0x1.fffffffcp-1);
static_assert(static_cast<float>(Fixed<64, 32>{-(std::int64_t{3} << 31)}) == -1.5f);
static_assert(static_cast<float>(Fixed<64, 0>{-1}) == -1 && static_cast<float>(Fixed<64, 63>::lowest()) == -1);

// Literals take the format they are put in.
constexpr F4 quarter = 0.25_fixed;
constexpr Fixed<32, 20> minus_three = -3_fixed;
static_assert(quarter.raw == 4 && minus_three.raw == -3 * (1 << 20));
static_assert([] { F4 limit = -8_fixed; return limit; }() == F4::lowest());

static_assert(F4{-1} < F4{0} && F4{3} > F4{2} && F4{3} >= F4{3} && F4{3} == F4{3} && F4{3} != F4{4} &&
              F4::lowest() < F4::highest());

// a op b for all a and b, F1 and F2 fraction bits; every result counted in steps of the finer sum, and of the product.
template <int F1, int F2>
void exact_pairs() {
  constexpr int finer = F1 > F2 ? F1 : F2;
  for (std::int32_t i = -128; i < 128; ++i) {
    bool right = true;
    for (std::int32_t j = -128; j < 128; ++j) {
      const Fixed<8, F1> a{static_cast<std::int8_t>(i)};
      const Fixed<8, F2> b{static_cast<std::int8_t>(j)};
      const std::int32_t x = i * (1 << (finer - F1)), y = j * (1 << (finer - F2));
      right = right && (a * b).raw == i * j && (a + b).raw == x + y && (a - b).raw == x - y;
    }
    expect(right);
  }
}

// All 65,536 values of 16 bits: the nearest value of 8 bits is at most half a step away, or a limit.
template <int From, int To>
void narrowed() {
  constexpr std::int32_t step = 1 << (From - To);
  for (std::int32_t raw = -32768; raw < 32768; ++raw) {
    const Fixed<16, From> x{static_cast<std::int16_t>(raw)};
    const std::int32_t y = narrow<Fixed<8, To>>(x).raw;
    const std::int32_t below = narrow<Fixed<8, To>>(x, nn::Floor{}).raw;
    const std::int32_t error = 2 * (y * step - raw);
    if (fits<Fixed<8, To>>(x)) {
      expect(error > -step && error <= step);
      expect((below == -128 || below * step <= raw) && (below == 127 || (below + 1) * step > raw));
    } else {
      expect(y == (raw < 0 ? -128 : 127));
    }
  }
}

// What random rounding adds to many numbers is, on average, what they lose: the mean of 65,536 roundings of one number over
// all random words is exact; with a generator it is within four standard deviations.
void right_on_average() {
  for (std::int32_t raw : {-70000, -65537, -1, 1, 3, 9999, 65535, 65537, 1234567}) {
    const Fixed<32, 20> x{raw};
    std::int32_t sum = 0;
    for (std::uint32_t random = 0; random < 65536; ++random)
      sum += narrow<Fixed<32, 4>>(x, nn::Stochastic{static_cast<std::uint16_t>(random)}).raw;
    expect(sum == raw);
  }
  nn::Random random{1}, again{1};
  std::int32_t sum = 0;
  for (int i = 0; i < 4096; ++i) {
    const auto y = narrow<Fixed<16, 4>>(Fixed<32, 20>{16384}, nn::Stochastic{static_cast<std::uint16_t>(random.next() >> 16)});
    expect(y == narrow<Fixed<16, 4>>(Fixed<32, 20>{16384}, nn::Stochastic{static_cast<std::uint16_t>(again.next() >> 16)}));
    sum += y.raw;
  }
  expect(sum > 1024 - 111 && sum < 1024 + 111);  // 4096 draws at 1/4: a deviation of 27.7
}

// Every value of 16 bits is a float and comes back.
void through_float() {
  for (std::int32_t raw = -32768; raw < 32768; ++raw) {
    const Fixed<16, 10> x{static_cast<std::int16_t>(raw)};
    expect((Fixed<16, 10>::from(static_cast<float>(x)) == x));
  }
}

}  // namespace

int main() {
  exact_pairs<0, 0>();
  exact_pairs<7, 7>();
  exact_pairs<3, 6>();
  exact_pairs<7, 0>();
  narrowed<10, 3>();
  narrowed<15, 7>();
  narrowed<7, 0>();
  right_on_average();
  through_float();
  return expectations_failed();
}
