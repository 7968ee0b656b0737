// The integer front ends against the outputs of TensorFlow Lite Micro's: tables, features, stages, and its own tests' data.
#include "cases.hpp"
#include "nn/signal/micro_frontend.hpp"

namespace {

using namespace nn::signal;
using Numbers = std::vector<std::int64_t>;

constexpr MicroSettings no_pcan{.window_ms = 25, .channels = 32, .pcan = false};
constexpr MicroSettings slow{.rate = 8000, .window_ms = 32, .step_ms = 16, .channels = 26, .lower_limit = 100, .upper_limit = 3800};
constexpr MicroSettings linear{.window_ms = 64, .step_ms = 32, .lower_limit = 60, .upper_limit = 7800, .logarithm = false};
constexpr MicroSettings empty_channels{.window_ms = 16, .step_ms = 8, .channels = 64, .scale_shift = 7};

// Those of other programs begin each span at an even bin and fill it up to four with zeros.
template <const MicroSettings& Settings>
void tables(const std::string& folder) {
  using Bank = MicroFilterBank<Settings>;
  const auto& window = MicroWindow<Settings>::table;
  cases::compare(folder + " window", std::vector(window.begin(), window.begin() + Settings.window()), cases::read<std::int16_t>(folder + "/window.i16.bin"));
  const auto gains = cases::read<std::int16_t>(folder + "/pcan_lut.i16.bin");
  if (Settings.pcan) cases::compare(folder + " gains", std::vector(Pcan<Settings>::table.begin(), Pcan<Settings>::table.end()), gains);
  const auto frequency = cases::read<std::int16_t>(folder + "/fb_frequency_starts.i16.bin");
  const auto start = cases::read<std::int16_t>(folder + "/fb_weight_starts.i16.bin");
  std::vector<int> falling(cases::read<std::int16_t>(folder + "/fb_weights.i16.bin").size()), rising = falling;
  std::size_t bin = Bank::start;
  for (std::size_t s = 0; s < Bank::spans; ++s)
    for (std::size_t i = 0; i < Bank::widths[s]; ++i, ++bin) {
      const std::size_t at = static_cast<std::size_t>(start.at(s)) + bin - static_cast<std::size_t>(frequency.at(s));
      falling.at(at) = Bank::weights[bin - Bank::start].falling;
      rising.at(at) = Bank::weights[bin - Bank::start].rising;
    }
  cases::compare(folder + " weights", falling, cases::read<std::int16_t>(folder + "/fb_weights.i16.bin"));
  cases::compare(folder + " unweights", rising, cases::read<std::int16_t>(folder + "/fb_unweights.i16.bin"));
}

template <const MicroSettings& Settings>
std::vector<std::uint16_t> features(const std::string& input, std::size_t chunk) {
  const auto samples = cases::read<std::int16_t>(input + ".i16.bin");
  MicroFrontEnd<Settings> front_end;
  std::vector<std::uint16_t> all;
  for (std::size_t at = 0; at < samples.size(); at += chunk)
    front_end.process(std::span{samples}.subspan(at, std::min(chunk, samples.size() - at)), [&](auto row) { all.insert(all.end(), row.begin(), row.end()); });
  return all;
}

template <const MicroSettings& Settings>
void clip(const std::string& input, const std::string& output, const std::string& codes = "") {
  const auto found = features<Settings>(input, 1000);
  cases::compare(output, found, cases::read<std::uint16_t>(output));
  expect(found == features<Settings>(input, 7));
  if (codes.empty()) return;
  std::vector<int> code;
  for (std::uint16_t feature : found) code.push_back(micro_code(feature));
  cases::compare(codes, code, cases::read<std::int8_t>(codes));
}

template <std::size_t Size>
void kissfft() {
  const std::string name = "kissfft_i16/n" + std::to_string(Size);
  const auto x = cases::read<std::int16_t>(name + "_in.i16.bin");
  std::vector<std::int16_t> found;
  for (std::size_t at = 0; at + Size <= x.size(); at += Size) {
    typename Int16Fft<Size>::Buffer y;
    Int16Fft<Size>::run(std::span<const std::int16_t, Size>{x.data() + at, Size}, y);
    for (Complex16 value : y) found.insert(found.end(), {value.real, value.imaginary});
  }
  cases::compare(name, found, cases::read<std::int16_t>(name + "_out.i16.bin"));
}

// Every stage by itself, each on what its own stage before gave.
template <const MicroSettings& Settings>
void stages(const std::string& input, const std::string& folder) {
  using Front = MicroFrontEnd<Settings>;
  const auto samples = cases::read<std::int16_t>("inputs/" + input + ".i16.bin");
  Numbers windowed, shifts, spectra, energies, sums, roots, estimates, reduced, gained, logs;
  constexpr auto in_order = [] {
    std::array<std::uint16_t, Front::Window::groups> places{};
    for (std::size_t g = 0; g < places.size(); ++g) places[g] = static_cast<std::uint16_t>(4 * g);
    return places;
  }();
  typename Front::Stream frames;
  NoiseReduction<Settings> noise;
  frames.process(samples, [&](auto frame) {
    std::array<Complex16, 4 * Front::Window::groups> products{};
    target::Kernels::window_samples(frame.data(), Front::Window::table.data(), Front::Window::groups, in_order.data(), 1, products.data());
    for (Complex16 x : products) windowed.insert(windowed.end(), {x.real, x.imaginary});
    typename Front::Spectrum x;
    const int shift = Front::transform(frame, x);
    shifts.push_back(shift);
    for (Complex16 value : x) spectra.insert(spectra.end(), {value.real, value.imaginary});
    target::Kernels::energies(x.data(), x.size());
    for (std::size_t k = 0; k < x.size(); ++k)
      energies.push_back(k >= Front::Bank::start && k < Front::Bank::end ? std::bit_cast<std::uint32_t>(x[k]) : 0);
    Front::Bank::run(x.data() + Front::Bank::start, [&](std::size_t channel, std::uint64_t sum) {
      sums.push_back(static_cast<std::int64_t>(sum));
      roots.push_back(Front::square_root(sum) >> shift);
      reduced.push_back(noise.reduce(channel, static_cast<std::uint32_t>(roots.back())));
      estimates.push_back(noise.estimates[channel]);
      gained.push_back(Front::Gain::apply(static_cast<std::uint32_t>(reduced.back()), noise.estimates[channel]));
      logs.push_back(Front::feature(static_cast<std::uint32_t>(gained.back())));
    });
  });
  const std::string at = "stages/" + folder + "/";
  cases::compare(at + "windowed", windowed, cases::read<std::int16_t>(at + "1_windowed.i16.bin"));
  cases::compare(at + "shift", shifts, cases::read<std::int32_t>(at + "2_shift.i32.bin"));
  cases::compare(at + "fft", spectra, cases::read<std::int16_t>(at + "4_fft.i16.bin"));
  cases::compare(at + "energy", energies, cases::read<std::uint32_t>(at + "5_energy.u32.bin"));
  cases::compare(at + "filterbank", sums, cases::read<std::uint64_t>(at + "6_filterbank.u64.bin"));
  cases::compare(at + "sqrt", roots, cases::read<std::uint32_t>(at + "7_sqrt.u32.bin"));
  cases::compare(at + "noise estimate", estimates, cases::read<std::uint32_t>(at + "8_noise_estimate.u32.bin"));
  cases::compare(at + "noise reduced", reduced, cases::read<std::uint32_t>(at + "9_noise_reduced.u32.bin"));
  cases::compare(at + "pcan", gained, cases::read<std::uint32_t>(at + "10_pcan.u32.bin"));
  cases::compare(at + "log", logs, cases::read<std::uint16_t>(at + (Settings.library == Library::signal_library ? "11_log.i16.bin" : "11_log.u16.bin")));
}

// Lines of the library's own tests, `period` to a case, behind `first` lines of settings: calls test(lines of a case…).
void each(const std::string& name, std::size_t first, std::size_t period, auto test) {
  const auto lines = cases::read_text("tflm_testdata/" + name + ".txt");
  Numbers found, expected;
  for (std::size_t i = first; i + period <= lines.size(); i += period) test(&lines[i], found, expected);
  cases::compare("tflm_testdata/" + name, found, expected);
}
void append(Numbers& to, const std::vector<double>& line) {
  for (double value : line) to.push_back(static_cast<std::int64_t>(value));
}

constexpr MicroSettings bank_16k{.library = Library::signal_library, .channels = 32, .upper_limit = 3800};
template <std::int32_t Rate>
constexpr MicroSettings accumulation{.library = Library::signal_library, .rate = Rate, .window_ms = Rate == 44100 ? 46 : 32, .channels = 25, .upper_limit = 3800};
constexpr MicroSettings windows{.library = Library::signal_library, .window_ms = 25};
constexpr MicroSettings subtraction{.channels = 32, .smoothing_bits = 0, .even_smoothing = 0.04f, .odd_smoothing = 0.04f};

template <std::int32_t Rate>
void accumulate(const std::string& name) {
  using Bank = MicroFilterBank<accumulation<Rate>>;
  const auto lines = cases::read_text("tflm_testdata/" + name + ".txt");
  Numbers found, expected;
  for (std::size_t i = 1; i < lines.size(); ++i) append(expected, lines[i]);
  std::vector<std::uint32_t> energies;
  for (std::uint32_t bin = Bank::start; bin < Bank::end; ++bin) energies.push_back(bin);
  Bank::run(energies.data(), [&](std::size_t, std::uint64_t sum) { found.push_back(static_cast<std::int64_t>(sum)); });
  cases::compare("tflm_testdata/" + name, found, expected);
  expect(Bank::start == static_cast<std::size_t>(lines.at(0).at(5)) && Bank::end == static_cast<std::size_t>(lines.at(0).at(6)));
}

void library_tests() {
  using Front = MicroFrontEnd<windows>;
  each("window_test1", 1, 2, [](const auto* line, Numbers& found, Numbers& expected) {
    for (std::size_t i = 0; i < line[0].size(); ++i) found.push_back(static_cast<std::int32_t>(line[0][i]) * Front::Window::table[i] >> 12);
    append(expected, line[1]);
  });
  each("rfft_test1", 1, 2, [](const auto* line, Numbers& found, Numbers& expected) {
    std::array<std::int16_t, 512> x{};
    for (std::size_t i = 0; i < line[0].size(); ++i) x[i] = static_cast<std::int16_t>(line[0][i]);
    Int16Fft<512>::Buffer y;
    Int16Fft<512>::run(x, y);
    for (Complex16 value : y) found.insert(found.end(), {value.real, value.imaginary});
    append(expected, line[1]);
  });
  each("filter_bank_test1", 1, 2, [](const auto* line, Numbers& found, Numbers& expected) {
    std::vector<std::uint32_t> energies;
    for (double energy : line[0]) energies.push_back(static_cast<std::uint32_t>(energy));
    MicroFilterBank<bank_16k>::run(energies.data() + MicroFilterBank<bank_16k>::start, [&](std::size_t, std::uint64_t sum) { found.push_back(static_cast<std::int64_t>(sum)); });
    append(expected, line[1]);
  });
  each("filter_bank_square_root_test1", 0, 3, [](const auto* line, Numbers& found, Numbers& expected) {
    for (double sum : line[0]) found.push_back(Front::square_root(static_cast<std::uint64_t>(sum)) >> static_cast<int>(line[1][0]));
    append(expected, line[2]);
  });
  NoiseReduction<subtraction> noise;
  each("filter_bank_spectral_subtraction_test1", 1, 3, [&](const auto* line, Numbers& found, Numbers& expected) {
    for (std::size_t c = 0; c < line[0].size(); ++c) found.push_back(noise.reduce(c, static_cast<std::uint32_t>(line[0][c])));
    found.insert(found.end(), noise.estimates.begin(), noise.estimates.end());
    append(expected, line[1]);
    append(expected, line[2]);
  });
  each("pcan_op_test1", 1, 3, [](const auto* line, Numbers& found, Numbers& expected) {
    for (std::size_t c = 0; c < line[0].size(); ++c)
      found.push_back(Pcan<signal_20ms>::apply(static_cast<std::uint32_t>(line[0][c]), static_cast<std::uint32_t>(line[1][c])));
    append(expected, line[2]);
  });
  Frames<std::int16_t, 400, 160> frames;
  each("framer_test1", 1, 3, [&](const auto* line, Numbers& found, Numbers& expected) {
    std::vector<std::int16_t> samples;
    for (double x : line[0]) samples.push_back(static_cast<std::int16_t>(x));
    bool valid = false;
    frames.process(samples, [&](auto frame) {
      valid = true;
      found.insert(found.end(), frame.begin(), frame.end());
    });
    found.push_back(valid);
    if (line[2][0] != 0) append(expected, line[1]);
    append(expected, line[2]);
  });
  accumulate<8000>("filter_bank_accumulation_8k");
  accumulate<16000>("filter_bank_accumulation_16k");
  accumulate<44100>("filter_bank_accumulation_44k");
}

}  // namespace

int main() {
  if (!std::filesystem::exists(cases::folder)) {
    nn::print(console::write, "skipped: there is no ", cases::folder.c_str(), '\n');
    return 77;
  }
  tables<micro_frontend_20ms>("microfrontend/tables_16k_30_40ch");
  tables<signal_20ms>("signal/tables");
  for (const std::string& name : cases::names("inputs", ".i16.bin")) {
    clip<micro_frontend_10ms>("inputs/" + name, "microfrontend/step10/" + name + ".u16.bin", "microfrontend/step10/" + name + ".i8.bin");
    clip<micro_frontend_20ms>("inputs/" + name, "microfrontend/step20/" + name + ".u16.bin", "microfrontend/step20/" + name + ".i8.bin");
    clip<signal_20ms>("inputs/" + name, "signal/step20/" + name + ".i16.bin", "signal/step20/" + name + ".i8.bin");
  }
  const auto variant = [](auto run, auto run_tables, const std::string& folder) {
    const std::string at = "microfrontend/variants/" + folder;
    run_tables(at + "/tables");
    for (const std::string& name : cases::names(at, ".u16.bin")) run("inputs/" + name, at + "/" + name + ".u16.bin", "");
  };
  variant(clip<no_pcan>, tables<no_pcan>, "defaults_25_10_32ch_nopcan");
  variant(clip<slow>, tables<slow>, "rate8k_32_16_26ch");
  variant(clip<linear>, tables<linear>, "nolog_64_32_40ch");
  variant(clip<empty_channels>, tables<empty_channels>, "empty_channels_16_8_64ch_shift7");
  for (const std::string& name : cases::names("tflm_micro_speech", ".microfrontend20.u16.bin")) {
    const std::string at = "tflm_micro_speech/" + name;
    clip<micro_frontend_20ms>(at, at + ".microfrontend20.u16.bin");
    clip<signal_20ms>(at, at + ".signal20.i16.bin", at + ".signal20.i8.bin");
  }
  for (const std::string& name : cases::names("pymicro_features", ".u16.bin")) {
    // Its test does not feed the last full chunk of 160 samples.
    auto found = features<micro_frontend_10ms>("pymicro_features/" + name, 160);
    const auto expected = cases::read<std::uint16_t>("pymicro_features/" + name + ".u16.bin");
    expect(found.size() <= expected.size() + 40);
    found.resize(std::min(found.size(), expected.size()));
    cases::compare("pymicro_features/" + name, found, expected);
  }
  kissfft<64>();
  kissfft<128>();
  kissfft<256>();
  kissfft<512>();
  kissfft<1024>();
  kissfft<2048>();
  for (const char* const name : {"speech_nabu", "impulse_minus_full"}) {
    stages<micro_frontend_20ms>(name, std::string{"microfrontend20_"} + name);
    stages<signal_20ms>(name, std::string{"signal20_"} + name);
  }
  library_tests();
  return expectations_failed();
}
