// The softmax of up to sixteen 16-bit numbers that the host computes by tables: every exponential against nn::exp, and sums whose
// parts may be half a step.
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

struct OneByOne : nn::Portable {};

template <int Fraction>
void exponentials() {
#if defined __AVX512BW__ && defined __AVX512CD__ && defined __AVX512VL__
  for (std::uint32_t first = 0; first < 1u << 16; first += 16) {
    std::array<std::uint32_t, 16> below;
    for (std::uint32_t lane = 0; lane < 16; ++lane) below[lane] = first + lane;
    const auto e = std::bit_cast<std::array<std::uint32_t, 16>>(
        target::short_exponentials<Fraction>(std::bit_cast<target::Words16>(below)));
    for (std::size_t lane = 0; lane < 16; ++lane) {
      const nn::Fixed<32, Fraction> x{-static_cast<std::int32_t>(below[lane])};
      expect(e[lane] == static_cast<std::uint32_t>(nn::exp<nn::Fixed<16, 15>>(x).raw));
    }
  }
#endif
}

// Numbers near each other, most of which count.
template <int InputFraction, int OutputFraction, std::size_t Count>
void parts(std::uint32_t turns) {
  using From = nn::Fixed<16, InputFraction>;
  using To = nn::Fixed<16, OutputFraction>;
  nn::Random stream{Count};
  std::uint32_t whole = 0;
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    std::array<From, Count> x;
    std::array<To, Count> fast{}, portable{};
    for (auto& each : x) each.raw = static_cast<std::int16_t>(static_cast<std::int16_t>(stream.next()) >> (turn % 8));
    const auto terms = nn::softmax<target::Kernels>(std::span<const From, Count>{x}, std::span{fast});
    const auto same = nn::softmax<OneByOne>(std::span<const From, Count>{x}, std::span{portable});
    whole += same.sum.raw % (2 << OutputFraction) == 0;
    expect(fast == portable && terms.highest == same.highest && terms.sum == same.sum);
  }
  expect(whole > 0);
}

}  // namespace

int main() {
  [&]<int... Less>(std::integer_sequence<int, Less...>) { (exponentials<3 + Less>(), ...); }
  (std::make_integer_sequence<int, 8>{});
  parts<10, 10, 10>(20'000);
  parts<10, 13, 10>(100'000);
  parts<10, 13, 16>(100'000);
  parts<4, 10, 7>(20'000);
  return expectations_failed();
}
