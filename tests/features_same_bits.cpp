// Every core computes the same features in float: checksums found on the host.
#include <array>
#include <bit>
#include <cstdint>

#include "expect.hpp"
#include "nn/crc.hpp"
#include "nn/number/bits.hpp"
#include "nn/random.hpp"
#include "nn/self_check.hpp"
#include "nn/signal/biquad.hpp"
#include "nn/signal/decimator.hpp"
#include "nn/signal/keyword_features.hpp"
#include "nn/signal/statistics.hpp"
#include "nn/signal/wake_word_features.hpp"

namespace {

using namespace nn::signal;

struct Sum {
  nn::Crc32 crc;

  void add(float x) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    for (int i = 0; i < 4; ++i) crc.add(static_cast<std::uint8_t>(bits >> (8 * i)));
  }
  void add(std::int8_t x) { crc.add(static_cast<std::uint8_t>(x)); }
};

// Noise that grows louder, with silence and full scale between.
std::array<std::int16_t, 256> chunk(nn::Random& random, int number) {
  std::array<std::int16_t, 256> samples{};
  if (number % 5 == 3) return samples;
  for (std::int16_t& x : samples)
    x = static_cast<std::int16_t>(static_cast<std::int32_t>(random.next()) >> (16 + (12 - number % 13)));
  return samples;
}

template <class Pipeline>
std::uint32_t features(int chunks) {
  static Pipeline pipeline;
  nn::Random random{31};
  Sum sum;
  for (int i = 0; i < chunks; ++i)
    pipeline.process(chunk(random, i), [&](auto row) {
      for (auto feature : row) sum.add(feature);
    });
  return sum.crc.value();
}

template <std::size_t Size>
std::uint32_t spectrum() {
  static typename FloatFft<Size>::Buffer y;
  nn::Random random{7};
  FloatFft<Size>::fill(y, [&](std::size_t) { return random.uniform() - 0.5f; });
  FloatFft<Size>::transform(y);
  Sum sum;
  for (ComplexFloat value : y) {
    sum.add(value.real);
    sum.add(value.imaginary);
  }
  return sum.crc.value();
}

constexpr auto taps = low_pass<24>(0.1f);

std::uint32_t vibration() {
  nn::Random random{9};
  Decimator<3, 24> decimator{taps};
  Biquads<2> filters{{Biquad::high_pass(0.02, 0.7), Biquad::band_pass(0.1, 2)}};
  Frames<float, 64, 32> frames;
  Sum sum;
  for (int i = 0; i < 600; ++i)
    decimator.process(std::array<float, 1>{random.uniform()}, [&](float x) {
      const std::array<float, 1> y{filters(x)};
      frames.process(y, [&](auto frame) {
        const Statistics found = Statistics::of(frame);
        for (float value :
             {found.mean, found.rms, found.crest, found.deviation, found.kurtosis, static_cast<float>(found.crossings)})
          sum.add(value);
      });
    });
  return sum.crc.value();
}

}  // namespace

int main() {
  expect(nn::same_bits());
  expect_equal(spectrum<32>(), 0xe8e543deu);
  expect_equal(spectrum<64>(), 0x9d2dc1a4u);
  expect_equal(spectrum<256>(), 0x1aa588fdu);
  expect_equal(vibration(), 0x80b731b3u);
  expect_equal(features<KeywordCoefficients>(24), 0x20c54330u);
  expect_equal(features<KeywordFrontEnd>(24), 0xdbe1c113u);
  expect_equal((features<WakeWordValues<Window::hamming_symmetric>>(14)), 0xba8618b8u);
  return expectations_failed();
}
