// Every core computes the same features: checksums found on the host.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/crc.hpp"
#include "nn/random.hpp"
#include "nn/signal/int32_fft.hpp"
#include "nn/signal/micro_frontend.hpp"

namespace {

using namespace nn::signal;

// Noise and ramps from quiet to full scale, silence, and now and then a -32768.
struct Source {
  nn::Random random{17};
  std::int32_t at = 0;

  std::int16_t next() {
    const std::int32_t part = at++ / 500 % 8;
    const auto noise = static_cast<std::int16_t>(random.next() >> 16);
    if (part == 3) return 0;
    if (random.below(4000) == 0) return -32768;
    if (part == 5) return static_cast<std::int16_t>((at * 257) & 0x7fff);
    return static_cast<std::int16_t>(noise >> (14 - 2 * part < 0 ? 0 : 14 - 2 * part));
  }
};

void add(nn::Crc32& crc, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) crc.add(static_cast<std::uint8_t>(value >> (8 * i)));
}

// Of 30 frames or so, in chunks of 77 samples.
template <const MicroSettings& Settings>
std::uint32_t features() {
  static MicroFrontEnd<Settings> front_end;
  Source source;
  nn::Crc32 crc;
  for (std::size_t samples = 0; samples < 30 * Settings.step() + Settings.window(); samples += 77) {
    std::array<std::int16_t, 77> chunk{};
    for (std::int16_t& x : chunk) x = source.next();
    front_end.process(chunk, [&](auto row) {
      for (std::uint16_t feature : row) add(crc, feature, 2);
    });
  }
  return crc.value();
}

void add(nn::Crc32& crc, Complex16 value) { add(crc, std::bit_cast<std::uint32_t>(value), 4); }
void add(nn::Crc32& crc, Complex32 value) {
  add(crc, static_cast<std::uint32_t>(value.real), 4);
  add(crc, static_cast<std::uint32_t>(value.imaginary), 4);
}

template <class Fft, class Number>
std::uint32_t spectra() {
  std::array<Number, 2 * Fft::count> x;
  typename Fft::Buffer y;
  Source source;
  nn::Random below{29};
  nn::Crc32 crc;
  for (int i = 0; i < 8; ++i) {
    for (Number& value : x) {
      value = source.next();
      if constexpr (sizeof(Number) == 4) value = value * 65536 + static_cast<std::int32_t>(below.next() >> 16);
    }
    Fft::run(x, y);
    for (const auto& value : y) add(crc, value);
  }
  return crc.value();
}

constexpr MicroSettings slow{
    .rate = 8000, .window_ms = 32, .step_ms = 16, .channels = 26, .lower_limit = 100, .upper_limit = 3800, .pcan = false};
constexpr MicroSettings linear{.window_ms = 64, .step_ms = 32, .lower_limit = 60, .upper_limit = 7800, .logarithm = false};

}  // namespace

int main() {
  expect_equal(spectra<Int16Fft<32>, std::int16_t>(), 0x90ab996fu);
  expect_equal(spectra<Int16Fft<64>, std::int16_t>(), 0xb30a4edfu);
  expect_equal(spectra<Int16Fft<128>, std::int16_t>(), 0x7bf9f458u);
  expect_equal(spectra<Int16Fft<512>, std::int16_t>(), 0xe3625e4eu);
  expect_equal(spectra<Int32Fft<32>, std::int32_t>(), 0x09839e98u);
  expect_equal(spectra<Int32Fft<64>, std::int32_t>(), 0xe4715169u);
  expect_equal(spectra<Int32Fft<256>, std::int32_t>(), 0xf05c1e10u);
  expect_equal(features<micro_frontend_10ms>(), 0xa1d33730u);
  expect_equal(features<micro_frontend_20ms>(), 0x05d28a97u);
  expect_equal(features<signal_20ms>(), 0xfaa8dbffu);
  expect_equal(features<slow>(), 0x474e745bu);
  expect_equal(features<linear>(), 0x0f69f40eu);
  return expectations_failed();
}
