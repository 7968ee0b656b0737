// The blocks in float against formulas evaluated in double, and the features of MLPerf Tiny.
#include <algorithm>
#include <cmath>
#include <limits>

#include "cases.hpp"
#include "nn/signal/keyword_features.hpp"
#include "nn/signal/wake_word_features.hpp"

namespace {

using namespace nn::signal;

// Expects every number within `tolerance` of what is expected, and prints the largest distance.
template <class Found>
void close(const std::string& name, const std::vector<Found>& found, const std::vector<double>& expected, double tolerance) {
  double largest = found.size() == expected.size() && !found.empty() ? 0 : std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(found[i]) - expected[i]));
  char text[160];
  std::snprintf(text, sizeof text, "%s: %zu numbers, at most %.2g off, %.2g allowed\n", name.c_str(), expected.size(), largest,
                tolerance);
  nn::print(console::write, std::string_view{text});
  expect(largest <= tolerance);
}

// Codes that differ, by 1 at most.
void close_codes(const std::string& name, const std::vector<std::int8_t>& found, const std::vector<std::int8_t>& expected,
                 double share) {
  std::size_t differ = 0;
  int most = 0;
  for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i) {
    differ += found[i] != expected[i];
    most = std::max(most, std::abs(found[i] - expected[i]));
  }
  nn::print(console::write, name.c_str(), ": ", differ, " of ", expected.size(), " codes differ, by at most ", most, '\n');
  expect(found.size() == expected.size() && !found.empty());
  expect(most <= 1 && static_cast<double>(differ) <= share * static_cast<double>(expected.size()));
}

template <std::size_t Size>
void fft() {
  const std::string name = "blocks/fft/n" + std::to_string(Size);
  const auto spectra = [&](const auto& samples, const std::string& of) {
    const auto expected = cases::read<double>(of);
    expect(expected.size() == samples.size() / Size * (Size / 2 + 1) * 2);
    for (std::size_t at = 0, out = 0; at + Size <= samples.size(); at += Size, out += Size + 2) {
      std::array<float, Size> x{};
      std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(at), Size, x.begin());
      typename FloatFft<Size>::Buffer y;
      FloatFft<Size>::run(x, y);
      std::vector<float> found;
      for (ComplexFloat value : y) found.insert(found.end(), {value.real, value.imaginary});
      const std::vector<double> answer{expected.begin() + static_cast<std::ptrdiff_t>(out),
                                       expected.begin() + static_cast<std::ptrdiff_t>(out + Size + 2)};
      double square = 0;
      for (double value : answer) square += value * value;
      close(of, found, answer, 1e-5 * std::sqrt(square / (Size / 2 + 1)));
    }
  };
  spectra(cases::read<float>(name + "_in.f32.bin"), name + "_out.f64.bin");
  spectra(cases::read<std::int16_t>(name + "_in.i16.bin"), name + "_i16_out.f64.bin");
}

template <std::size_t Size>
void windows() {
  const auto check = [](const char* name, const auto& table) {
    const std::string file = std::string{"blocks/windows/"} + name;
    close(file, std::vector(table.begin(), table.end()), cases::read<double>(file), 1e-6);
  };
  const std::string size = std::to_string(Size);
  check(("hann_" + size + "_periodic.f64.bin").c_str(), window_table<Window::hann_periodic, Size>);
  check(("hann_" + size + "_symmetric.f64.bin").c_str(), window_table<Window::hann_symmetric, Size>);
  check(("hamming_" + size + "_periodic.f64.bin").c_str(), window_table<Window::hamming_periodic, Size>);
  check(("hamming_" + size + "_symmetric.f64.bin").c_str(), window_table<Window::hamming_symmetric, Size>);
}

template <const MelSettings& Settings>
void mel(const std::string& file) {
  std::vector<float> matrix(Settings.channels * Settings.bins);
  std::size_t at = 0;
  for (std::size_t c = 0; c < Settings.channels; ++c) {
    const auto span = Mel<Settings>::spans[c];
    for (std::size_t i = 0; i < span.count; ++i) matrix[c * Settings.bins + span.start + i] = Mel<Settings>::weights[at++];
  }
  const auto expected = cases::read<double>(file);
  close(file, matrix, expected, 1e-5 * *std::max_element(expected.begin(), expected.end()));
}

constexpr MelSettings htk_8000{.low = 0, .high = 8000}, htk_7500{.low = 125, .high = 7500};
template <MelScale Scale, MelNorm Norm, int Low, int High>
constexpr MelSettings hertz{.low = Low, .high = High, .scale = Scale, .slope = MelSlope::hertz, .norm = Norm};
template <int Low, int High>
void mel_in_hertz() {
  const std::string limits = "_" + std::to_string(Low) + "_" + std::to_string(High) + ".f64.bin";
  mel<hertz<MelScale::htk, MelNorm::none, Low, High>>("blocks/mel/hz_htk_none" + limits);
  mel<hertz<MelScale::htk, MelNorm::area, Low, High>>("blocks/mel/hz_htk_slaney" + limits);
  mel<hertz<MelScale::slaney, MelNorm::none, Low, High>>("blocks/mel/hz_slaney_none" + limits);
  mel<hertz<MelScale::slaney, MelNorm::area, Low, High>>("blocks/mel/hz_slaney_slaney" + limits);
}

template <DctScale Scale>
void dct(const std::string& name) {
  using Here = typename Dct<13, Scale>::template Bound<float, 40>;
  const auto x = cases::read<float>("blocks/dct/in.f32.bin");
  const auto matrix = cases::read<double>("blocks/dct/matrix_" + name + "_13x40.f64.bin"),
             expected = cases::read<double>("blocks/dct/out_" + name + ".f64.bin");
  std::vector<float> found;
  for (const auto& row : Here::matrix) found.insert(found.end(), row.begin(), row.end());
  close("dct matrix " + name, found, matrix, 2e-7);
  for (std::size_t row = 0; 40 * (row + 1) <= x.size(); ++row) {
    std::vector<float> y(13);
    typename Here::State state;
    Here::run(state, &x[40 * row], y.data());
    double size = 0;
    for (std::size_t i = 0; i < 40; ++i) size += std::abs(static_cast<double>(x[40 * row + i]));
    close(
        "dct " + name, y,
        {expected.begin() + static_cast<std::ptrdiff_t>(13 * row), expected.begin() + static_cast<std::ptrdiff_t>(13 * row + 13)},
        1e-6 * size);
  }
}

void keyword() {
  const std::vector<std::string> pure{"dc_steps", "sweep_up", "tone_full", "tone_quiet"},
      silent{"impulse", "short_12000", "silence"};
  const auto is_in = [](const auto& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const std::string& name : cases::names("kws_mfcc", ".i16.bin"))
    for (const char* const mode : {"peak", "q15"}) {
      auto clip = cases::read<std::int16_t>("kws_mfcc/" + name + ".i16.bin");
      const bool peak = mode == std::string{"peak"};
      if (peak && name == "silence") continue;
      const float scale = peak ? scale_of_peak(clip) : 0x1p-15f;
      clip.resize(keyword_clip);
      KeywordCoefficients coefficients{scale};
      KeywordFrontEnd codes{scale};
      std::vector<float> real;
      std::vector<std::int8_t> code;
      coefficients.process(clip, [&](auto row) { real.insert(real.end(), row.begin(), row.end()); });
      codes.process(clip, [&](auto row) { code.insert(code.end(), row.begin(), row.end()); });
      const std::string file = "kws_mfcc/" + name + "." + mode;
      close(file, real, cases::read<double>(file + ".f64.bin"), is_in(pure, name) ? 0.05 : 1e-4);
      close_codes(file, code, cases::read<std::int8_t>(file + ".i8.bin"), is_in(silent, name) ? 1 : 0.005);
    }
}

template <Window Kind>
void wake_word(const std::string& name, const std::string& kind) {
  const auto clip = cases::read<std::int16_t>("sww/" + name + ".i16.bin");
  static WakeWordValues<Kind> values;
  static WakeWordFrontEnd<Kind> codes;
  values.reset();
  codes.reset();
  std::vector<float> real;
  std::vector<std::int8_t> code;
  for (std::size_t at = 0; at < clip.size(); at += 777) {
    const auto chunk = std::span{clip}.subspan(at, std::min<std::size_t>(777, clip.size() - at));
    values.process(chunk, [&](auto row) { real.insert(real.end(), row.begin(), row.end()); });
    codes.process(chunk, [&](auto row) { code.insert(code.end(), row.begin(), row.end()); });
  }
  const std::string file = "sww/" + name + "." + kind;
  close(file, real, cases::read<double>(file + ".f64.bin"), 2e-5);
  close_codes(file, code, cases::read<std::int8_t>(file + ".i8.bin"), 0.002);
}

}  // namespace

int main() {
  if (!std::filesystem::exists(cases::folder)) {
    nn::print(console::write, "skipped: there is no ", cases::folder.c_str(), '\n');
    return 77;
  }
  fft<64>();
  fft<256>();
  fft<512>();
  fft<1024>();
  windows<256>();
  windows<400>();
  windows<480>();
  windows<512>();
  windows<1024>();
  mel<keyword_mel>("blocks/mel/tf_htk_20_4000.f64.bin");
  mel<keyword_mel>("kws_mfcc/mel_40x257_20_4000.f64.bin");
  mel<htk_8000>("blocks/mel/tf_htk_0_8000.f64.bin");
  mel<htk_7500>("blocks/mel/tf_htk_125_7500.f64.bin");
  mel<wake_word_mel>("sww/mel_40x513_0_8000.f64.bin");
  mel_in_hertz<0, 8000>();
  mel_in_hertz<20, 4000>();
  dct<DctScale::plain>("plain");
  dct<DctScale::orthonormal>("ortho");
  dct<DctScale::tensorflow>("tf_mfcc");
  keyword();
  for (const std::string& name : cases::names("sww", ".periodic.f64.bin")) {
    wake_word<Window::hamming_periodic>(name, "periodic");
    wake_word<Window::hamming_symmetric>(name, "symmetric");
  }
  return expectations_failed();
}
