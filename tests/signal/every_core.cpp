// Front ends as every core computes them, for tests/signal/every_core, which compares. Reads
//
//   KIND SAMPLES PEAK AGAIN\n and so many samples of 16 bits, little-endian; AGAIN 1: those of the clip before, which are not sent
//
// until KIND is `end`, and prints the values of each frame in a line, in hexadecimal digits.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

#include "expect.hpp"
#include "nn/signal/int16_fft.hpp"
#include "nn/signal/keyword_features.hpp"
#include "nn/signal/micro_frontend.hpp"
#include "nn/signal/wake_word_features.hpp"

namespace {

using namespace nn::signal;

constexpr MicroSettings no_pcan{.window_ms = 25, .channels = 32, .pcan = false};
constexpr MicroSettings slow{
    .rate = 8000, .window_ms = 32, .step_ms = 16, .channels = 26, .lower_limit = 100, .upper_limit = 3800};
constexpr MicroSettings linear{.window_ms = 64, .step_ms = 32, .lower_limit = 60, .upper_limit = 7800, .logarithm = false};
constexpr MicroSettings empty_channels{.window_ms = 16, .step_ms = 8, .channels = 64, .scale_shift = 7};

std::uint8_t byte() { return static_cast<std::uint8_t>(console::read().value_or('\0')); }
std::int16_t sample() {
  const std::uint32_t low = byte();
  return static_cast<std::int16_t>(low | static_cast<std::uint32_t>(byte()) << 8);
}

struct Header {
  std::array<char, 32> text{};
  std::size_t letters = 0;
  std::uint32_t samples = 0, peak = 0, again = 0;

  std::string_view kind() const { return {text.data(), letters}; }

  static Header read() {
    Header header;
    std::array<std::uint32_t, 4> numbers{};
    std::size_t field = 0;
    for (auto letter = console::read(); letter && *letter != '\n'; letter = console::read()) {
      if (*letter == ' ')
        field = std::min<std::size_t>(field + 1, 3);
      else if (field > 0)
        numbers[field] = 10 * numbers[field] + static_cast<std::uint32_t>(*letter - '0');
      else if (header.letters < header.text.size())
        header.text[header.letters++] = *letter;
    }
    header.samples = numbers[1];
    header.peak = numbers[2];
    header.again = numbers[3];
    return header;
  }
};

void print_row(const auto& row) {
  for (auto value : row) nn::print(console::write, nn::hex(static_cast<std::make_unsigned_t<decltype(value)>>(value)));
  nn::print(console::write, '\n');
}

// The first samples of the clip before: a UART takes longer than a front end.
std::array<std::int16_t, 20'000> kept;

std::int16_t sample(const Header& header, std::uint32_t i) {
  if (header.again != 0) return kept[i];
  const std::int16_t value = sample();
  if (i < kept.size()) kept[i] = value;
  return value;
}

// One front end at a time, in the same memory.
alignas(8) std::array<std::byte, 7168> memory;

template <class FrontEnd>
void features(const Header& header, auto... arguments) {
  static_assert(sizeof(FrontEnd) <= sizeof memory);
  auto* const front_end = std::construct_at(reinterpret_cast<FrontEnd*>(memory.data()), arguments...);
  for (std::uint32_t i = 0; i < header.samples; ++i)
    front_end->process(std::array{sample(header, i)}, [](auto row) { print_row(row); });
}

template <std::size_t Size>
void spectra(const Header& header) {
  using Fft = Int16Fft<Size>;
  static_assert(sizeof(typename Fft::Buffer) <= sizeof memory);
  auto& x = *std::construct_at(reinterpret_cast<typename Fft::Buffer*>(memory.data()));
  for (std::uint32_t at = 0; at < header.samples; at += Size) {
    for (std::size_t pair = 0; pair < Fft::count; ++pair) {
      const std::int16_t real = sample();
      x[Fft::place(pair)] = {real, sample()};
    }
    Fft::transform(x);
    for (Complex16 value : x) print_row(std::array{value.real, value.imaginary});
  }
}

struct Kind {
  std::string_view name;
  void (*run)(const Header&);
};
constexpr Kind kinds[]{
    {"micro10", features<MicroFrontEnd<micro_frontend_10ms>>},
    {"micro20", features<MicroFrontEnd<micro_frontend_20ms>>},
    {"signal20", features<MicroFrontEnd<signal_20ms>>},
    {"defaults_25_10_32ch_nopcan", features<MicroFrontEnd<no_pcan>>},
    {"rate8k_32_16_26ch", features<MicroFrontEnd<slow>>},
    {"nolog_64_32_40ch", features<MicroFrontEnd<linear>>},
    {"empty_channels_16_8_64ch_shift7", features<MicroFrontEnd<empty_channels>>},
    {"n64", spectra<64>},
    {"n128", spectra<128>},
    {"n256", spectra<256>},
    {"n512", spectra<512>},
    {"n1024", spectra<1024>},
    {"n2048", spectra<2048>},
    {"q15", [](const Header& header) { features<KeywordFrontEnd>(header); }},
    {"peak",
     [](const Header& header) {
       features<KeywordFrontEnd>(header, header.peak == 0 ? 0x1p-15f : 1 / static_cast<float>(header.peak));
     }},
    {"periodic", features<WakeWordFrontEnd<>>},
    {"symmetric", features<WakeWordFrontEnd<Window::hamming_symmetric>>},
};

}  // namespace

int main() {
  nn::print(console::write, "ready\n");
  for (Header header = Header::read(); header.kind() != "end"; header = Header::read()) {
    const auto* const kind = std::ranges::find(kinds, header.kind(), &Kind::name);
    expect(kind != std::end(kinds));
    if (kind == std::end(kinds)) break;
    kind->run(header);
    nn::print(console::write, "end\n");
  }
  return expectations_failed();
}
