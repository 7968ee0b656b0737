// The kernels of integer signals against the portable ones, on numbers of every size and at the limits.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/kernels.hpp"
#include "nn/random.hpp"
#include "nn/signal/int16_fft.hpp"

namespace {

using namespace nn::signal;
using Kernels = target::Kernels;
using nn::Portable;

nn::Random random{23};

// Full scale, a limit, or small.
std::int16_t draw(int bits) {
  const std::uint32_t kind = random.below(8);
  if (bits == 16 && kind == 0) return random.below(2) == 0 ? std::int16_t{-32768} : std::int16_t{32767};
  return static_cast<std::int16_t>(static_cast<std::int32_t>(random.next()) >> (32 - bits + (kind == 1 ? 6 : 0)));
}
Complex16 draw_complex(int bits) { return {draw(bits), draw(bits)}; }

template <std::size_t Count>
void both(std::array<Complex16, Count>& x, int bits, auto&& run) {
  for (Complex16& value : x) value = draw_complex(bits);
  std::array<Complex16, Count> y = x;
  run(Kernels{}, x.data());
  run(Portable{}, y.data());
  expect(x == y);
}

void transforms() {
  std::array<Complex16, 65> x{};
  std::array<Twiddles, 16> w{};
  std::array<Complex16, 32> turns{};
  for (int i = 0; i < 20; ++i) {
    for (Twiddles& factor : w) factor = {draw_complex(15), draw_complex(15), draw_complex(15)};
    for (Complex16& factor : turns) factor = draw_complex(15);
    for (int shift : {0, 1, 7, 15}) {
      both(x, 16 - shift, [&](auto kernels, Complex16* y) { kernels.fft_first_fours(y, 64, shift); });
      both(x, 16 - shift, [&](auto kernels, Complex16* y) { kernels.fft_first_twos(y, 64, shift); });
    }
    for (std::size_t distance : {2u, 4u, 8u, 16u})
      both(x, 16, [&](auto kernels, Complex16* y) { kernels.fft_fours(y, 64, distance, w.data(), 16 / distance); });
    both(x, 16, [&](auto kernels, Complex16* y) { kernels.fft_real(y, 64, turns.data()); });
    both(x, 16, [&](auto kernels, Complex16* y) { kernels.energies(y, 63); });
  }
}

void windows() {
  constexpr std::array<std::uint16_t, 2> places{5, 1};
  std::array<std::int16_t, 16> x{}, w{};
  for (int i = 0; i < 200; ++i) {
    for (std::int16_t& value : x) value = draw(i % 3 == 0 ? 16 : 9);
    for (std::int16_t& value : w) value = i % 2 == 0 ? std::int16_t{4096} : static_cast<std::int16_t>(random.below(4097));
    std::array<Complex16, 65> y{}, z{};
    expect_equal(Kernels::window_samples(x.data(), w.data(), 2, places.data(), 16, y.data()), Portable::window_samples(x.data(), w.data(), 2, places.data(), 16, z.data()));
    expect(y == z);
  }
}

void roots() {
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t word = std::uint64_t{random.next()} << 32 | random.next();
    const std::uint64_t x = word >> random.below(64);
    expect_equal(Kernels::integer_root(x), Portable::integer_root(x));
    const std::uint64_t root = Portable::integer_root(x);
    expect(root * root <= x);
    expect(root == 0xffffffffu || (root + 1) * (root + 1) > x);
    for (std::uint64_t near : {root * root, root * root + root, root * root + 2 * root, root * root - (root > 0 ? 1 : 0)})
      expect_equal(Kernels::integer_root(near), Portable::integer_root(near));
  }
  for (std::uint64_t x : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{0xffffffffu}, std::uint64_t{1} << 32, std::uint64_t{1} << 63})
    expect_equal(Kernels::integer_root(x), Portable::integer_root(x));
}

}  // namespace

int main() {
  transforms();
  windows();
  roots();
  return expectations_failed();
}
