// nn::int8::fused against the C library's fused multiply-add: near and far exponents, cancellation, ties.
#include <bit>
#include <cmath>

#include "expect.hpp"
#include "nn/int8/fused.hpp"
#include "nn/random.hpp"

namespace {

using nn::int8::fused;

// By hand: what two roundings would lose.
static_assert(fused(3, 0x1.555556p-2f, -1.0f) == 0x1p-25f);
static_assert(fused(0, 2.0f, 5.0f) == 5.0f && fused(7, 0.25f, 0.0f) == 1.75f && fused(-255, 1.0f, 255.0f) == 0.0f);

nn::Random generator{16};

float drawn(std::uint32_t least_exponent, std::uint32_t exponents) {
  const std::uint32_t bits = generator.next(), exponent = least_exponent + generator.next() % exponents;
  const std::uint32_t significand = (bits & 7) == 0 ? bits & 0x600000 : bits & 0x7fffff;
  return std::bit_cast<float>((bits & 0x80000000) | exponent << 23 | significand);
}

void compare(std::int32_t whole, float factor, float addend) {
  expect(fused(whole, factor, addend) == std::fma(static_cast<float>(whole), factor, addend));
}

}  // namespace

int main() {
  for (int i = 0; i < 3'000'000; ++i) {
    const std::int32_t whole = static_cast<std::int32_t>(generator.next() % 512) - 256;
    compare(whole, drawn(110, 24), drawn(110, 30));
    compare(whole, drawn(60, 130), drawn(60, 130));
    const float factor = drawn(115, 10);
    compare(whole, factor, -static_cast<float>(whole) * factor);  // what is left of the product
  }
  return expectations_failed();
}
