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

template <std::size_t Count, class From, class To>
void softmax(const std::array<From, Count>& x, To) {
  std::array<To, Count> fast{}, portable{};
  const auto terms = nn::softmax<target::Kernels>(std::span<const From, Count>{x}, std::span{fast});
  const auto same = nn::softmax<OneByOne>(std::span<const From, Count>{x}, std::span{portable});
  expect(fast == portable && terms.highest == same.highest && terms.sum == same.sum);
}

template <int InputFraction, int OutputFraction, std::size_t Count>
void any_numbers() {
  nn::Random stream{Count};
  for (std::uint32_t turn = 0; turn < 20'000; ++turn) {
    std::array<nn::Fixed<16, InputFraction>, Count> x;
    for (auto& each : x) each.raw = static_cast<std::int16_t>(static_cast<std::int16_t>(stream.next()) >> (turn % 8));
    softmax(x, nn::Fixed<16, OutputFraction>{});
  }
}

// A part that is an odd number of half steps, whose reciprocal tells where it is rounded to: of every sum that has such.
template <int OutputFraction>
void half_steps() {
  using Number = nn::Fixed<16, 10>;
  constexpr std::int32_t highest = 32767, unit = 2 << OutputFraction;
  std::array<std::int32_t, highest + 1> below{};  // of an exponential with 15 bits behind the point; 0: of none
  for (std::int32_t x = 1; x < 1 << 14; ++x)
    below[static_cast<std::size_t>(nn::exp<nn::Fixed<16, 15>>(nn::Fixed<32, 10>{-x}).raw)] = x;
  std::uint32_t tested = 0;
  for (std::int32_t sum = (highest / unit + 1) * unit; sum < 4 * highest; sum += unit)
    for (std::int32_t odd = 1; odd < 64; odd += 2) {
      std::array<Number, 16> x;
      x.fill({-32768});
      std::size_t used = 0;
      std::int32_t left = sum;
      const auto take = [&](std::int32_t e) {
        x[used++].raw = static_cast<std::int16_t>(e == highest ? 0 : -below[static_cast<std::size_t>(e)]);
        left -= e;
      };
      const std::int32_t part = sum / unit * odd;  // of the sum: odd / unit
      if (part >= highest - 8 || part > sum - highest || below[static_cast<std::size_t>(part)] == 0) continue;
      take(highest);
      take(part);
      while (left > 0 && used < x.size()) {
        std::int32_t e = left < highest ? left : highest;
        while (e != highest && below[static_cast<std::size_t>(e)] == 0) --e;
        take(e);
      }
      if (left != 0) continue;
      softmax(x, nn::Fixed<16, OutputFraction>{});
      ++tested;
    }
  expect(tested > 20);
}

}  // namespace

int main() {
  [&]<int... Less>(std::integer_sequence<int, Less...>) { (exponentials<3 + Less>(), ...); }
  (std::make_integer_sequence<int, 8>{});
  any_numbers<10, 10, 10>();
  any_numbers<10, 13, 16>();
  any_numbers<4, 10, 7>();
  half_steps<10>();
  half_steps<13>();
  return expectations_failed();
}
