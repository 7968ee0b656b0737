// The blocks of nn/signal by themselves; and pipelines.
#include <algorithm>
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/graph.hpp"
#include "nn/graph/slide.hpp"
#include "nn/nn.hpp"
#include "nn/pipeline.hpp"
#include "nn/signal/biquad.hpp"
#include "nn/signal/codes.hpp"
#include "nn/signal/decimator.hpp"
#include "nn/signal/frames.hpp"
#include "nn/signal/keyword_features.hpp"
#include "nn/signal/micro_features.hpp"
#include "nn/signal/pre_emphasis.hpp"
#include "nn/signal/statistics.hpp"

namespace {

using namespace nn::signal;

constexpr bool near(float x, float y, float tolerance = 1e-5f) { return x - y <= tolerance && y - x <= tolerance; }

// Places for a transform are a permutation, the same that `fill` walks through.
template <std::size_t Size>
constexpr bool fills() {
  typename FloatFft<Size>::Buffer x{};
  FloatFft<Size>::fill(x, [](std::size_t i) { return static_cast<float>(i + 1); });
  for (std::size_t pair = 0; pair < Size / 2; ++pair) {
    const ComplexFloat found = x[FloatFft<Size>::place(pair)];
    if (found.real != static_cast<float>(2 * pair + 1) || found.imaginary != static_cast<float>(2 * pair + 2)) return false;
  }
  return true;
}
static_assert(fills<32>() && fills<64>() && fills<128>() && fills<256>() && fills<512>());

// A cosine of 3 cycles, computed by the compiler, in both arithmetics.
static_assert([] {
  std::array<float, 64> x{};
  for (std::size_t i = 0; i < 64; ++i) x[i] = static_cast<float>(cosine(2 * pi * 3 * static_cast<double>(i) / 64));
  FloatFft<64>::Buffer y{};
  FloatFft<64>::run(x, y);
  bool good = near(y[3].real, 32);
  for (std::size_t k = 0; k <= 32; ++k) good = good && near(y[k].imaginary, 0) && (k == 3 || near(y[k].real, 0));
  return good;
}());
static_assert([] {
  std::array<std::int16_t, 64> x{};
  x[0] = 32767;
  Int16Fft<64>::Buffer y{};
  Int16Fft<64>::run<nn::Portable>(x, y);
  for (Complex16 value : y)
    if (value.real < 510 || value.real > 513 || value.imaginary != 0) return false;
  return true;
}());

// Frames of 4 every 3 samples, in chunks of 2.
static_assert([] {
  Frames<int, 4, 3> frames;
  int sum = 0, count = 0;
  for (int i = 0; i < 10; i += 2)
    frames.process(std::array{i, i + 1}, [&](auto frame) {
      sum = 100 * sum + 10 * frame[0] + frame[3];
      ++count;
    });
  return count == 3 && sum == (3 * 100 + 36) * 100 + 69;
}());

static_assert(window_table<Window::hann_periodic, 4>[2] == 1 && window_table<Window::hann_symmetric, 5>[2] == 1);
static_assert(near(window_table<Window::hamming_symmetric, 4>[3], 0.08f) &&
              near(window_table<Window::hamming_periodic, 4>[3], 0.54f));

static_assert([] {
  PreEmphasisFilter filter{.coefficient = 0.5f};
  std::array<float, 3> x{4, 2, 8};
  filter.run(x);
  return x == std::array<float, 3>{4, 0, 7} && filter.last == 8;
}());
static_assert(PreEmphasis<31, 5>::sample(std::array<std::int16_t, 2>{-32768, 32767}.data()) == 32767 + 31744);

static_assert([] {
  constexpr std::array<float, 6> x{1, -1, 1, -1, 1, -1};
  const Statistics square = Statistics::of<nn::Portable>(x);
  const Statistics still = Statistics::of<nn::Portable>(std::array<float, 2>{5, 5});
  const Statistics spike = Statistics::of<nn::Portable>(std::array<float, 4>{0, 0, 0, 4});
  std::array<float, 300> gravity{};
  gravity.fill(9.81f);  // of which 300 do not sum up to a multiple
  const Statistics rest = Statistics::of<nn::Portable>(gravity);
  return square.rms == 1 && square.crest == 1 && square.kurtosis == 1 && square.crossings == 5 && square.mean == 0 &&
         still.rms == 5 && still.crest == 1 && still.deviation == 0 && still.kurtosis == 0 && still.crossings == 0 &&
         rest.mean == 9.81f && rest.deviation == 0 && rest.kurtosis == 0 && rest.crossings == 0 && spike.mean == 1 &&
         spike.rms == 2 && spike.crest == 2 && near(spike.deviation, 1.7320508f) &&
         near(spike.kurtosis, 21.0f / 9) && spike.crossings == 1;
}());

// A constant passes a low-pass filter, the highest frequency does not.
constexpr auto taps = low_pass<32>(0.1f);
static_assert([] {
  Decimator<4, 32> slow{taps}, fast{taps};
  float last_slow = 0, last_fast = 1;
  int count = 0;
  for (int i = 0; i < 64; ++i) {
    slow.process(std::array<float, 1>{1}, [&](float y) { last_slow = y, ++count; });
    fast.process(std::array<float, 1>{i % 2 == 0 ? 1.0f : -1.0f}, [&](float y) { last_fast = y; });
  }
  return count == 16 && near(last_slow, 1) && near(last_fast, 0, 2e-3f);
}());
static_assert([] {
  Biquads<2> low{{Biquad::low_pass(0.05, 0.54), Biquad::low_pass(0.05, 1.31)}},
      high{{Biquad::high_pass(0.05, 0.54), Biquad::high_pass(0.05, 1.31)}};
  float passed = 0, stopped = 0;
  for (int i = 0; i < 300; ++i) passed = low(1), stopped = high(1);
  Biquads<1> band{{Biquad::band_pass(0.25, 2)}};
  float largest = 0;
  for (int i = 0; i < 300; ++i) {
    const float y = band(i % 4 == 0 ? 1.0f : i % 4 == 2 ? -1.0f : 0.0f);
    if (i > 250 && y > largest) largest = y;
  }
  return near(passed, 1, 1e-4f) && near(stopped, 0, 1e-4f) && near(largest, 1, 1e-4f);
}());

// Codes are cut towards zero, or nearest; beyond the range they saturate.
static_assert(keyword_quantization.code(0) == 83 && keyword_quantization.code(-0.01f) == 82 &&
              keyword_quantization.code(1e9f) == 127 && keyword_quantization.code(-1e9f) == -128);
constexpr Quantization nearest{.affine = {0.5f, 3}};
static_assert(nearest.code(0.24f) == 3 && nearest.code(0.26f) == 4 && nearest.code(100) == 127);
static_assert(micro_code(0) == -128 && micro_code(65535) == 127 && micro_code(333) == 0 && micro_code(334) == 0);
static_assert(scale_of_peak(std::array<std::int16_t, 2>{0, 0}) == 0x1p-15f &&
              scale_of_peak(std::array<std::int16_t, 2>{-9, 4}) == 0.25f);

// IntegerLog within 0.02 of 64 log x.
static_assert(IntegerLog::of(1, 6) == 0 && IntegerLog::of(3, 6) == 70 && IntegerLog::of(1000000, 6) == 884);

// A pipeline gives what its stages give by themselves, and its model sees the last frames.
constexpr auto noise(std::uint32_t seed) {
  std::array<std::int16_t, 1600> x{};
  nn::Random random{seed};
  for (std::int16_t& value : x) value = static_cast<std::int16_t>(static_cast<std::int32_t>(random.next()) >> 18);
  return x;
}

// A fingerprint tells front ends apart, and is the same for the same one.
static_assert(KeywordCoefficients::fingerprint != KeywordFrontEnd::fingerprint);
static_assert(nn::Pipeline<MicroFrames<micro_frontend_10ms>, MicroFeatures<micro_frontend_10ms>>::fingerprint !=
              nn::Pipeline<MicroFrames<micro_frontend_20ms>, MicroFeatures<micro_frontend_20ms>>::fingerprint);
static_assert(KeywordFrontEnd::fingerprint == 2842645099349752608u);

void stages() {
  static MicroFrontEnd<micro_frontend_10ms> front_end;
  static nn::Pipeline<MicroFrames<micro_frontend_10ms>, MicroFeatures<micro_frontend_10ms>, MicroCodes, Stack<3, 2>> pipeline;
  static const auto samples = noise(5);
  std::array<std::array<std::int8_t, 40>, 8> rows{};
  std::size_t count = 0;
  front_end.process(samples, [&](auto row) {
    for (std::size_t c = 0; c < 40; ++c) rows[count % 8][c] = micro_code(row[c]);
    ++count;
  });
  expect(count == 8);
  std::size_t given = 0;
  pipeline.process(samples, [&](auto values) {
    bool same = true;
    for (std::size_t i = 0; i < 120; ++i) same = same && values[i] == rows[2 * given + i / 40][i % 40];
    expect(same);
    ++given;
  });
  expect(given == 3);  // after 3, 5 and 7 frames
}

// A network in float: its scores are channel 0 and the sum of the last two; its workspace and the spectrum share their bytes.
using Decision = nn::Network<float, nn::Input<40>, nn::Dense<2>>;
constexpr Decision::Parameters weights = [] {
  Decision::Parameters p{};
  auto& weight = nn::get<0>(p).weight;
  weight[0][0] = weight[1][38] = weight[1][39] = 1;
  return p;
}();

void decisions() {
  using Features = nn::Pipeline<KeywordFrames, KeywordSpectrum, KeywordMel, KeywordLog>;
  using Whole = nn::Pipeline<KeywordFrames, KeywordSpectrum, KeywordMel, KeywordLog, Decision>;
  static_assert(Whole::scratch_bytes == 257 * 8 + 40 * 4);
  static_assert(Whole::ram_bytes() <= 480 * 2 + Whole::scratch_bytes + 40 * 4 + 5 * 8);
  static Features features;
  static Whole whole{weights};
  static const auto samples = noise(6);
  std::array<std::array<float, 2>, 4> expected{};
  std::size_t count = 0;
  features.process(samples, [&](auto row) { expected[count++ % 4] = {row[0], row[38] + row[39]}; });
  expect(count == 4);
  std::size_t at = 0;
  for (std::size_t i = 0; i < samples.size(); i += 100)
    whole.process(std::span{samples}.subspan(i, 100), [&](auto scores) {
      expect(near(scores[0], expected[at][0], 1e-4f) && near(scores[1], expected[at][1], 1e-4f));
      ++at;
    });
  expect(at == 4);
  whole.reset();
  whole.process(std::span{samples}.first(480), [&](auto scores) { expect(near(scores[0], expected[0][0], 1e-4f)); });
}

// The least of a stage: as nn/signal/README.md has it.
struct Halves {
  template <class Number, std::size_t Count>
  struct Bound {
    using Output = float;
    static constexpr std::size_t outputs = Count, room = Count * sizeof(float), table_bytes = 0;
    static constexpr void identify(nn::Fingerprint& hash) { hash.add("halves"); }
    struct State {};
    template <class Kernels>
    static constexpr void run(State&, const Number* x, float* y) {
      for (std::size_t i = 0; i < Count; ++i) y[i] = 0.5f * x[i];
    }
  };
};

void smallest_stage() {
  static nn::Pipeline<Frames<float, 4, 2>, Halves, Halves> quarters;
  std::uint32_t given = 0;
  quarters.process(std::array<float, 6>{4, 8, 12, 16, 20, 24}, [&](auto x) {
    expect(x[0] == (given == 0 ? 1 : 3) && x[3] == (given == 0 ? 4 : 6));
    ++given;
  });
  expect_equal(given, 2);
}

// A graph that keeps a window over its inputs, the last 30 of them, and gives a copy.
using Row = nn::Tensor<std::int8_t, 1, 40>;
using Rows = nn::Tensor<std::int8_t, 30, 40>;
inline constexpr nn::graph::Copy<std::int8_t> copy_row{.count = 40}, copy_rows{.count = 30 * 40};
inline constexpr nn::graph::Slide<std::int8_t> slide{.count = 30 * 40, .by = 40};
using LastRows = nn::Graph<nn::Tensors<Row, nn::Variable<Rows>, nn::Part<1, 29 * 40, Row>, Rows>, nn::Inputs<0>, nn::Outputs<3>,
                           nn::Apply<slide, 1, 1>, nn::Apply<copy_row, 2, 0>, nn::Apply<copy_rows, 3, 1>>;

// What a model keeps survives the front end, which works in the rest of its workspace.
void streams() {
  using Whole = nn::Pipeline<MicroFrames<micro_frontend_10ms>, MicroFeatures<micro_frontend_10ms>, MicroCodes, LastRows>;
  static_assert(nn::pipeline::kept_bytes<LastRows>() == 1200);
  static_assert(Whole::scratch_bytes > 1000 && 1200 + Whole::scratch_bytes <= LastRows::workspace_bytes);
  static_assert(Whole::ram_bytes() <= LastRows::workspace_bytes + 480 * 2 + 40 * 4 + 4 * 8);
  static MicroFrontEnd<micro_frontend_10ms> front_end;
  static Whole whole;
  static const auto samples = noise(8);
  std::array<std::int8_t, 30 * 40> last{};
  for (int turn = 0; turn < 2; ++turn) {
    std::uint32_t given = 0;
    for (int part = 0; part < 5; ++part) {
      const auto chunk = std::span{samples}.subspan(static_cast<std::size_t>(part) * 320, 320);
      front_end.process(chunk, [&](auto row) {
        std::copy(last.begin() + 40, last.end(), last.begin());
        for (std::size_t c = 0; c < 40; ++c) last[29 * 40 + c] = micro_code(row[c]);
      });
      bool same = part == 0;  // nothing is given yet
      whole.process(chunk, [&](auto rows) {
        same = std::equal(last.begin(), last.end(), rows.begin());
        ++given;
      });
      expect(same);
    }
    expect_equal(given, 8);
    front_end.reset();
    whole.reset();
    last = {};
  }
}

}  // namespace

int main() {
  stages();
  decisions();
  streams();
  smallest_stage();
  return expectations_failed();
}
