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

template <std::size_t Out, std::size_t In>
void all() {
  affine<Out, In>();
  transposed_product<Out, In>();
  add_outer_product<Out, In>();
}

template <std::size_t In>
void all_outputs() {
  add_taps<In>();
  all<1, In>();
  all<2, In>();
  all<3, In>();
  all<7, In>();
  all<13, In>();
  all<12, In>();
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
  all_outputs<1>();
  all_outputs<2>();
  all_outputs<3>();
  all_outputs<7>();
  all_outputs<8>();
  all_outputs<13>();
  all_outputs<15>();
  all_outputs<16>();
  all_outputs<17>();
  all_outputs<31>();
  all_outputs<33>();
  all_outputs<64>();
  all_outputs<77>();
  all_small();
  square_root();
  return expectations_failed();
}
