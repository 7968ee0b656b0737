// FusedFloat's kernels: the processor's multiply-add against one in integers, and the target's kernels against the portable ones,
// on raw accumulators, at odd sizes as well as round ones.
#include <array>
#include <bit>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "random_matrix.hpp"

namespace {

using Fast = target::Kernels::Fused;

// a·b + c of finite floats, by long addition: both terms as multiples of 2^-298 in 640 bits.
class Exact {
 public:
  static float fused(float a, float b, float c) {
    Exact sum;
    const Parts x = parts(a), y = parts(b), z = parts(c);
    sum.add(std::uint64_t{x.mantissa} * y.mantissa, x.exponent + y.exponent, x.negative != y.negative);
    sum.add(z.mantissa, z.exponent + 149, z.negative);
    const bool both_negative = x.negative != y.negative && z.negative;
    return sum.rounded(both_negative);
  }

 private:
  struct Parts {
    std::uint32_t mantissa;
    int exponent;  // x = mantissa · 2^(exponent - 149)
    bool negative;
  };
  static Parts parts(float x) {
    const auto word = std::bit_cast<std::uint32_t>(x);
    const std::uint32_t fraction = word & 0x7fffff, exponent = word >> 23 & 0xff;
    if (exponent == 0) return {fraction, 0, word >> 31 != 0};
    return {fraction | 0x800000, static_cast<int>(exponent) - 1, word >> 31 != 0};
  }

  static constexpr std::size_t words = 20;
  std::array<std::uint32_t, words> digits{};  // two's complement, units of 2^-298

  void add(std::uint64_t value, int shift, bool negative) {
    std::array<std::uint32_t, words> term{};
    for (int bit = 0; bit < 64; ++bit)
      if ((value >> bit & 1) != 0) term[static_cast<std::size_t>(bit + shift) / 32] |= std::uint32_t{1} << ((bit + shift) % 32);
    std::uint64_t carry = negative ? 1 : 0;
    for (std::size_t i = 0; i < words; ++i) {
      carry += std::uint64_t{digits[i]} + (negative ? ~term[i] : term[i]);
      digits[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  bool bit(int place) const { return (digits[static_cast<std::size_t>(place) / 32] >> (place % 32) & 1) != 0; }

  float rounded(bool zero_is_negative) {
    const bool negative = bit(32 * words - 1);
    if (negative) {
      const Exact copy = *this;
      digits = {};
      for (std::size_t i = 0; i < words; ++i) digits[i] = ~copy.digits[i];
      add(1, 0, false);
    }
    int top = 32 * words - 1;
    while (top >= 0 && !bit(top)) --top;
    if (top < 0) return zero_is_negative ? -0.0f : 0.0f;
    const int last = top - 23 > 149 ? top - 23 : 149;  // the place of a float's last bit
    std::uint32_t mantissa = 0;
    for (int place = top; place >= last; --place) mantissa = mantissa << 1 | (bit(place) ? 1u : 0u);
    bool below = false;
    for (int place = last - 2; place >= 0; --place) below = below || bit(place);
    if (bit(last - 1) && (below || (mantissa & 1) != 0)) ++mantissa;
    // Adding the mantissa's hidden bit into the exponent's field counts it once.
    const std::uint32_t word = (static_cast<std::uint32_t>(last - 149) << 23) + mantissa;
    return std::bit_cast<float>((negative ? 0x80000000u : 0) | (word < 0x7f800000u ? word : 0x7f800000u));
  }
};

// Of any size, or near 1, so that terms cancel.
float any_float() {
  const std::uint32_t word = stream.next();
  if ((word & 3) == 0) return std::bit_cast<float>(stream.next() & (stream.next() % 2 == 0 ? 0x807fffffu : 0xbfffffffu));
  return std::bit_cast<float>((stream.next() & 0x807fffffu) | ((118u + stream.below(16)) << 23));
}

void multiply_add() {
  for (int i = 0; i < 3000; ++i) {
    const float a = any_float(), b = any_float();
    float c = any_float();
    if (i % 3 == 0) c = -a * b;  // leaves what rounding the product drops
    if (i % 3 == 1) c = std::bit_cast<float>(std::bit_cast<std::uint32_t>(a * b) + 0x0b800000u + stream.below(3));  // near a tie
    if (!nn::Bits<float>::is_finite(c) || !nn::Bits<float>::is_finite(a * b)) continue;
    expect(same_bits(nn::fused(a, b, c), Exact::fused(a, b, c)));
  }
}

template <std::size_t Outputs, std::size_t Inputs>
[[gnu::noinline]] void all() {
  const auto weight = random_matrix<Outputs, Inputs>();
  const auto b = random_vector<Outputs>();
  const auto x = random_vector<Inputs>();
  auto g = random_vector<Outputs>();
  g[Outputs / 2] = 0;
  std::array<float, Outputs> y{}, fast_y{};
  nn::FusedKernels::affine(weight, b, std::span<const float, Inputs>{x}, [&](std::size_t o, float sum) { y[o] = sum; });
  Fast::affine(weight, b, std::span<const float, Inputs>{x}, [&](std::size_t o, float sum) { fast_y[o] = sum; });
  expect(same_bits(y, fast_y));
  std::array<float, Inputs> dx{}, fast_dx{};
  nn::FusedKernels::transposed_product(weight, std::span<const float, Outputs>{g},
                                       [&](std::size_t i, float sum) { dx[i] = sum; });
  Fast::transposed_product(weight, std::span<const float, Outputs>{g}, [&](std::size_t i, float sum) { fast_dx[i] = sum; });
  expect(same_bits(dx, fast_dx));
  auto changed = weight, fast_changed = weight;
  nn::FusedKernels::add_outer_product(changed, -0.3f, std::span<const float, Outputs>{g}, std::span<const float, Inputs>{x});
  Fast::add_outer_product(fast_changed, -0.3f, std::span<const float, Outputs>{g}, std::span<const float, Inputs>{x});
  for (std::size_t o = 0; o < Outputs; ++o) expect(same_bits(changed[o], fast_changed[o]));
}

template <std::size_t Inputs>
[[gnu::noinline]] void add_taps() {
  const auto weight = random_vector<7 * Inputs>(), x = random_vector<7 * Inputs>();
  for (std::size_t taps = 0; taps <= 7; ++taps) {
    auto portable = random_vector<Inputs>();
    auto fast = portable;
    nn::FusedKernels::add_taps(portable.data(), weight.data(), x.data(), Inputs, taps);
    Fast::add_taps(fast.data(), weight.data(), x.data(), Inputs, taps);
    expect(same_bits(portable, fast));
  }
}

template <std::size_t Inputs>
void all_outputs() {
  add_taps<Inputs>();
  all<1, Inputs>();
  all<2, Inputs>();
  all<7, Inputs>();
  all<12, Inputs>();
}

// Products are not rounded: (1 + 2^-12)² - (1 + 2^-11) is 2^-24.
constexpr nn::Matrix<float, 1, 2> cancels{{{-1, 1 + 0x1p-12f}}};
constexpr float left_over(auto kernels) {
  float result = 0;
  kernels.affine(cancels, std::array<float, 1>{}, std::span<const float, 2>{std::array<float, 2>{1 + 0x1p-11f, 1 + 0x1p-12f}},
                 [&](std::size_t, float sum) { result = sum; });
  return result;
}
static_assert(left_over(nn::FusedKernels{}) == 0x1p-24f && left_over(Fast{}) == 0x1p-24f && left_over(nn::Portable{}) == 0);

}  // namespace

int main() {
  multiply_add();
  expect(left_over(Fast{}) == 0x1p-24f);
  all_outputs<1>();
  all_outputs<7>();
  all_outputs<8>();
  all_outputs<13>();
  all_outputs<16>();
  all_outputs<64>();
  all_outputs<77>();
  return expectations_failed();
}
