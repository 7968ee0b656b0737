// The target's kernels against the portable ones, on raw accumulators, at odd sizes as well as round ones.
#include <array>
#include <bit>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "random_matrix.hpp"

namespace {

template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void affine() {
  const auto W = random_matrix<Out, In>();
  const auto b = random_vector<Out>();
  const auto x = random_vector<In>();
  std::array<float, Out> portable{};
  std::array<float, Out> fast{};
  nn::Portable::affine(W, b, std::span<const float, In>{x}, [&](std::size_t o, float sum) { portable[o] = sum; });
  target::Kernels::affine(W, b, std::span<const float, In>{x}, [&](std::size_t o, float sum) { fast[o] = sum; });
  expect(same_bits(portable, fast));
}

template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void transposed_product() {
  const auto W = random_matrix<Out, In>();
  const auto g = random_vector<Out>();
  std::array<float, In> portable{};
  std::array<float, In> fast{};
  nn::Portable::transposed_product(W, std::span<const float, Out>{g}, [&](std::size_t i, float sum) { portable[i] = sum; });
  target::Kernels::transposed_product(W, std::span<const float, Out>{g}, [&](std::size_t i, float sum) { fast[i] = sum; });
  expect(same_bits(portable, fast));
}

template <std::size_t Out, std::size_t In>
[[gnu::noinline]] void add_outer_product() {
  auto portable = random_matrix<Out, In>();
  auto fast = portable;
  auto g = random_vector<Out>();
  g[Out / 2] = 0;  // a gradient that a ReLU stopped
  const auto x = random_vector<In>();
  nn::Portable::add_outer_product(portable, -0.3f, std::span<const float, Out>{g}, std::span<const float, In>{x});
  target::Kernels::add_outer_product(fast, -0.3f, std::span<const float, Out>{g}, std::span<const float, In>{x});
  for (std::size_t o = 0; o < Out; ++o) expect(same_bits(portable[o], fast[o]));
}

template <std::size_t In>
[[gnu::noinline]] void add_taps() {
  const auto weight = random_vector<7 * In>(), x = random_vector<7 * In>();
  for (std::size_t taps = 0; taps <= 7; ++taps) {
    auto portable = random_vector<In>();
    auto fast = portable;
    nn::Portable::add_taps(portable.data(), weight.data(), x.data(), In, taps);
    target::Kernels::add_taps(fast.data(), weight.data(), x.data(), In, taps);
    expect(same_bits(portable, fast));
  }
}

// Of so many inputs, with each of some numbers of outputs: kernels go through rows by fours, threes or twos, and through what is
// left, whatever the length of a row.
template <std::size_t In, std::size_t... Out>
void all() {
  add_taps<In>();
  (affine<Out, In>(), ...);
  (transposed_product<Out, In>(), ...);
  (add_outer_product<Out, In>(), ...);
}

// At, just beyond and far beyond the limit, of either sign, at every place.
void all_small() {
  constexpr auto limit = std::bit_cast<std::uint32_t>(nn::factor_limit);
  std::array<float, 27> x{};
  x.fill(-nn::factor_limit);
  for (std::size_t count = 0; count <= x.size(); ++count) {
    expect(target::Kernels::all_small(x.data(), count));
    for (std::size_t i = 0; i < x.size(); ++i)
      for (const auto bits : std::array<std::uint32_t, 4>{limit + 1, 0x7f800000, 0x7fc00000, 0x7fffffff})
        for (const std::uint32_t sign : {0u, 0x80000000u}) {
          auto other = x;
          other[i] = std::bit_cast<float>(bits | sign);
          expect(target::Kernels::all_small(other.data(), count) == (i >= count));
          expect(nn::Portable::all_small(other.data(), count) == (i >= count));
        }
  }
  for (float& value : x) value = std::bit_cast<float>(stream.next() % (limit + 1) | (stream.next() & 0x80000000u));
  expect(target::Kernels::all_small(x.data(), x.size()));
}

void square_root() {
  for (int i = 0; i < 20'000; ++i) {
    const float x = std::bit_cast<float>(stream.next() & 0x7fffffffu);
    if (x != x) continue;
    expect(std::bit_cast<std::uint32_t>(nn::Portable::sqrt(x)) == std::bit_cast<std::uint32_t>(target::Kernels::sqrt(x)));
  }
  expect(target::Kernels::sqrt(0.0f) == 0.0f);
}

}  // namespace

int main() {
  all<1, 3, 12>();
  all<2, 1, 7>();
  all<3, 2, 13>();
  all<7, 3, 12>();
  all<8, 1, 7>();
  all<13, 2, 13>();
  all<15, 1, 12>();
  all<16, 2, 13>();
  all<17, 3, 7>();
  all<31, 1, 12>();
  all<33, 2, 13>();
  all<64, 3, 12>();
  all<77, 1, 7>();
  all_small();
  square_root();
  return expectations_failed();
}
