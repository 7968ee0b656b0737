// nn::int8::fused, and what the compiler takes for nn::fused, against the C library's fused multiply-add: near and far exponents,
// cancellation, ties, denormals.
#include <bit>
#include <cmath>

#include "expect.hpp"
#include "nn/int8/fused.hpp"
#include "nn/number/bits.hpp"
#include "nn/number/fused.hpp"
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

void compare_rounded_to_odd(float a, float b, float c) {
  const float exact = std::fma(a, b, c);
  if (nn::Bits<float>::is_finite(exact))
    expect(nn::Bits<float>::of(nn::fused_by_rounding_to_odd(a, b, c)) == nn::Bits<float>::of(exact));
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
  for (int i = 0; i < 1'000'000; ++i) {
    const float a = drawn(60, 100), b = drawn(60, 100);
    compare_rounded_to_odd(a, b, drawn(1, 250));
    compare_rounded_to_odd(a, b, -a * b);
    compare_rounded_to_odd(a, b, nn::Bits<float>::number(nn::Bits<float>::of(a * b) + 0x0b800000u + generator.next() % 3));
    compare_rounded_to_odd(drawn(0, 127), drawn(0, 2), drawn(0, 2));
  }
  return expectations_failed();
}
