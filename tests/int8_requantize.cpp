// Requantization against the definition written out: two roundings of exact quotients.
#include "expect.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/random.hpp"

namespace {

using nn::int8::requantize;
using nn::int8::Scale;

// Ties: first towards plus infinity, then away from zero.
static_assert(requantize(1, {1 << 30, 0}) == 1);
static_assert(requantize(-1, {1 << 30, 0}) == 0);
static_assert(requantize(2, {1 << 30, -1}) == 1);
static_assert(requantize(-2, {1 << 30, -1}) == -1);
static_assert(requantize(-6, {1 << 30, -1}) == -2);
static_assert(requantize(100, {1 << 30, 1}) == 100);
static_assert(requantize(0x7fffffff, {0x7fffffff, -31}) == 1);
static_assert(requantize(123456, {0, 0}) == 0);

std::int64_t floor_of(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// As TensorFlow Lite says it, with quotients in place of shifts.
std::int64_t slow(std::int64_t x, Scale scale) {
  if (scale.shift > 0) x <<= scale.shift;
  const std::int64_t product = x * scale.multiplier;
  const std::int64_t high = floor_of(2 * (product % (std::int64_t{1} << 31)) + (std::int64_t{1} << 31), std::int64_t{1} << 32) +
                            product / (std::int64_t{1} << 31);
  if (scale.shift >= 0) return high;
  const std::int64_t power = std::int64_t{1} << -scale.shift;
  const std::int64_t magnitude = ((high < 0 ? -high : high) + power / 2) / power;
  return high < 0 ? -magnitude : magnitude;
}

}  // namespace

int main() {
  nn::Random random{1};
  for (int i = 0; i < 100'000; ++i) {
    const std::int32_t bits = static_cast<std::int32_t>(random.next() >> 1);
    const Scale scale{(1 << 30) + bits / 2, static_cast<std::int32_t>(random.next() % 39) - 31};
    std::int32_t x = static_cast<std::int32_t>(random.next()) >> (random.next() % 31);
    if (scale.shift > 0) x >>= scale.shift;
    expect(requantize(x, scale) == slow(x, scale));
    // Near a tie, and on it.
    for (std::int32_t near = -2; near <= 2; ++near) {
      const std::int32_t tie = (x >> 8) * 2 + near;
      expect(requantize(tie, {1 << 30, -1 - i % 5}) == slow(tie, {1 << 30, -1 - i % 5}));
    }
  }
  return expectations_failed();
}
