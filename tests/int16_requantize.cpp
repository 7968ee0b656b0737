// Requantization of sums of 64 bits against the definition written out: one rounding of an exact quotient.
#include "expect.hpp"
#include "nn/int16/requantize.hpp"
#include "nn/random.hpp"

namespace {

using nn::int16::requantize;
using nn::int8::Scale;

constexpr std::int64_t one = 1;

// Ties: towards plus infinity, once.
static_assert(requantize(one, {1 << 30, 0}) == 1);
static_assert(requantize(-one, {1 << 30, 0}) == 0);
static_assert(requantize(-2 * one, {1 << 30, -1}) == 0);
static_assert(requantize(-6 * one, {1 << 30, -1}) == -1);
static_assert(requantize(100 * one, {1 << 30, 1}) == 100);
// Only 16 bits of the multiplier count, rounded, and they do not reach 2^15.
static_assert(requantize(one << 30, {(1 << 30) + 0x7fff, -10}) == requantize(one << 30, {1 << 30, -10}));
static_assert(requantize(one << 30, {(1 << 30) + 0x8000, -10}) == (one << 19) + (one << 5));
static_assert(requantize(one << 30, {0x7fffffff, -15}) == (one << 15) - 1);
static_assert(requantize(12345 * one, {0, 0}) == 0);

std::int64_t floor_of(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t slow(std::int64_t x, Scale scale) {
  std::int64_t m = floor_of(std::int64_t{scale.multiplier} + 0x8000, 0x10000);
  if (scale.multiplier >= 0x7fff0000) m = 0x7fff;
  const std::int64_t power = one << (15 - scale.shift);
  return floor_of(x * m + power / 2, power);
}

}  // namespace

int main() {
  nn::Random random{1};
  for (int i = 0; i < 100'000; ++i) {
    const Scale scale{static_cast<std::int32_t>((1u << 30) + random.next() % (1u << 30)),
                      static_cast<std::int32_t>(random.next() % 39) - 31};
    std::int64_t x =
        static_cast<std::int64_t>((static_cast<std::uint64_t>(random.next()) << 32) | random.next()) >> (17 + random.next() % 40);
    while (slow(x, scale) > 0x7fffffff || slow(x, scale) < -0x7fffffff - 1) x /= 2;
    expect(requantize(x, scale) == slow(x, scale));
    // Near a tie, and on it.
    for (std::int32_t near = -2; near <= 2; ++near) {
      const std::int64_t tie = (x >> 18) * 2 + near;
      expect(requantize(tie, {1 << 30, -1 - i % 5}) == slow(tie, {1 << 30, -1 - i % 5}));
    }
  }
  return expectations_failed();
}
