// The target's kernels of quantized layers against the portable ones, at lengths around their unrolling. Every sum is checked
// through a scale of 1/2 and a wide one, so that no rounding hides a difference in all of them.
#include <algorithm>
#include <array>

#include "core_kernels.hpp"
#include "expect.hpp"
#include "nn/kernels.hpp"
#include "nn/random.hpp"

namespace {

constexpr std::int32_t most_depth = 70;
constexpr std::int32_t most_outputs = 9;

nn::Random generator{7};
alignas(4) std::array<std::int8_t, most_outputs * most_depth> weight;
alignas(4) std::array<std::int8_t, 2 * most_depth> input;
std::array<std::int32_t, most_depth> bias;
std::array<nn::int8::Scale, most_depth> scale;

// No code that a kernel makes of nothing, so that what it stores behind its outputs is seen.
constexpr std::int8_t untouched = 101;

using Output = std::array<std::int8_t, 2 * most_depth>;
constexpr Output blank = [] {
  Output all{};
  all.fill(untouched);
  return all;
}();

constexpr std::size_t index(std::int32_t i) { return static_cast<std::size_t>(i); }

// Of larger layers.
using Codes = std::array<std::int8_t, 800>;
Codes codes;
std::array<std::int8_t, 9 * 384> many;
Codes first, second, third;  // what they give

Codes& cleared(Codes& to) {
  to.fill(untouched);
  return to;
}

void fill() {
  for (std::int8_t& w : weight) w = static_cast<std::int8_t>(generator.next());
  for (std::int8_t& x : input) x = static_cast<std::int8_t>(generator.next());
  for (std::int8_t& x : codes) x = static_cast<std::int8_t>(generator.next());
  for (std::int32_t& b : bias) b = static_cast<std::int32_t>(generator.next() % 60000) - 30000;
}

// Codes are the sums' bits from `shift` on, so a few shifts show them all.
void scales(std::int32_t shift) {
  for (nn::int8::Scale& s : scale) s = {0x7ffffff0 - static_cast<std::int32_t>(generator.next() % 3), shift};
}

void rows(std::int32_t depth, std::int32_t outputs, std::int32_t step, nn::int8::Range range) {
  const nn::Int8Rows m{weight.data(), bias.data(), scale.data(), step, depth, outputs, range, true};
  Output one = blank, reference_one = blank, two = blank, reference_two = blank;
  target::Kernels::int8_window(m, input.data(), one.data());
  nn::Portable::int8_window(m, input.data(), reference_one.data());
  target::Kernels::int8_two_windows(m, input.data(), two.data());
  nn::Portable::int8_two_windows(m, input.data(), reference_two.data());
  expect(one == reference_one);
  expect(two == reference_two);
}

// Bytes of the largest layer of this test, as the core wants it.
constexpr std::array<std::int8_t, 9 * 384> some_weights{};
constexpr std::array<std::int32_t, 64> some_biases{};
constexpr std::array<nn::int8::Scale, 64> some_scales = [] {
  std::array<nn::int8::Scale, 64> all{};
  all.fill({0x7fffffff, -1});
  return all;
}();
constexpr std::int32_t most_bytes =
    std::max({std::int32_t{16},
              target::Kernels::int8_laid_out_bytes(
                  nn::Int8Rows{some_weights.data(), some_biases.data(), some_scales.data(), 1, 384, 9, {}, true}),
              target::Kernels::int8_laid_out_bytes(
                  nn::Int8Depthwise{some_weights.data(), some_biases.data(), some_scales.data(), 1, 3, 3, 64, 1, {}, true})});
alignas(16) std::array<std::int8_t, most_bytes> bytes;

// As the core wants a layer to be laid out, if it does.
template <class Layer>
Layer laid_out(Layer m) {
  const std::int32_t count = target::Kernels::int8_laid_out_bytes(m);
  expect(count % 16 == 0 && count <= static_cast<std::int32_t>(bytes.size()));
  if (count == 0) return m;
  target::Kernels::int8_lay_out(m, bytes.data());
  m.laid_out = bytes.data();
  return m;
}

// Calls run(kernels) with those that the layer takes.
void on_core(const auto& m, auto run) {
  if (m.laid_out != nullptr)
    run(CoreKernels::LaidOut{});
  else
    run(target::Kernels{});
}

// Windows behind each other, and where they stand: four runs of a quarter, some bytes apart, nowhere at words.
void layer(const nn::Int8Rows& plain) {
  const nn::Int8Rows m = laid_out(plain);
  Codes &found = cleared(first), &reference = cleared(second);
  const std::int8_t* const x = codes.data() + 1;
  on_core(m, [&]<class Kernels>(Kernels) { Kernels::int8_window(m, x, found.data() + 1); });
  nn::Portable::int8_window(plain, x, reference.data() + 1);
  expect(found == reference);
  on_core(m, [&]<class Kernels>(Kernels) { Kernels::int8_two_windows(m, x, found.data() + 1); });
  nn::Portable::int8_two_windows(plain, x, reference.data() + 1);
  expect(found == reference);
  for (std::int32_t runs : {1, 2, 3, 4}) {
    const nn::Int8Runs windows{x, runs, m.depth / runs, m.depth / runs + 5, 7};
    if (m.depth % runs != 0 || !CoreKernels::LaidOut::int8_reads_runs(m, windows.length)) continue;
    on_core(m, [&]<class Kernels>(Kernels) { Kernels::int8_window_in_place(m, windows, found.data() + 3); });
    nn::Portable::int8_window_in_place(plain, windows, reference.data() + 3);
    expect(found == reference);
    on_core(m, [&]<class Kernels>(Kernels) { Kernels::int8_two_windows_in_place(m, windows, found.data() + 3); });
    nn::Portable::int8_two_windows_in_place(plain, windows, reference.data() + 3);
    expect(found == reference);
  }
}

// Several windows in one go, forward and backward.
void rows_of_windows(const nn::Int8Rows& plain) {
  const nn::Int8Rows m = laid_out(plain);
  for (std::int32_t runs : {1, 3})
    for (std::int32_t count : {1, 2, 3, 5, 6}) {
      const nn::Int8Runs windows{codes.data() + 1, runs, m.depth / runs, m.depth / runs + 5, runs == 1 ? m.depth : 9};
      if (runs > 1 && (m.depth % runs != 0 || !CoreKernels::LaidOut::int8_reads_runs(m, windows.length))) continue;
      Codes &forward = cleared(first), &backward = cleared(second), &reference = cleared(third);
      on_core(m, [&]<class Kernels>(Kernels) {
        Kernels::template int8_windows_in_place<Kernels>(m, windows, count, false, forward.data() + 1);
        Kernels::template int8_windows_in_place<Kernels>(m, windows, count, true, backward.data() + 1);
      });
      nn::Portable::int8_windows_in_place<nn::Portable>(plain, windows, count, false, reference.data() + 1);
      expect(forward == reference);
      expect(backward == reference);
    }
}

// To sums that are there, of all channels but those that are no four.
template <class Kernels = target::Kernels>
void sums_are_added(const auto& window) {
  if constexpr (requires(std::int32_t* sums) { Kernels::add_sums(window, sums); }) {
    std::array<std::int32_t, 65> sums;
    for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = static_cast<std::int32_t>(1000 * c) - 30000;
    std::array<std::int32_t, 65> reference = sums;
    for (std::int32_t c = 0; c < window.channels / 4 * 4; ++c)
      for (std::int32_t p = 0; p < window.rows * window.columns; ++p)
        reference[static_cast<std::size_t>(c)] +=
            window.x[p / window.columns * window.row_step + p % window.columns * window.column_step + c];
    Kernels::add_sums(window, sums.data());
    expect(sums == reference);
  }
}

void pools() {
  for (std::int8_t& x : codes) x = static_cast<std::int8_t>(generator.next());
  for (std::int32_t channels : {1, 2, 3, 4, 7, 12, 13, 15, 16, 17, 31, 33, 64})
    for (std::int32_t rows : {1, 2, 3})
      for (std::int32_t columns : {1, 2, 3}) {
        const nn::Int8Pool<std::int8_t> window{codes.data() + 1, rows, columns, 4 * channels + 3, channels, channels};
        for (std::int8_t least : {std::int8_t{-128}, std::int8_t{-20}}) {
          const std::int8_t most = least < -100 ? std::int8_t{127} : std::int8_t{50};
          Codes &found = cleared(first), &reference = cleared(second);
          target::Kernels::largest<target::Kernels>(window, least, most, found.data() + 1);
          nn::Portable::largest<nn::Portable>(window, least, most, reference.data() + 1);
          expect(found == reference);
        }
        sums_are_added(window);
        sums_are_added(nn::Int8Pool<std::int8_t>{window.x, rows, columns, columns * channels, channels, channels});
        if (channels < 4) continue;
        std::int32_t found[4], reference[4];
        target::Kernels::sum_of_four(window, found);
        nn::Portable::sum_of_four(window, reference);
        for (int k = 0; k < 4; ++k) expect(found[k] == reference[k]);
      }
}

// Sums of which half is beyond 16 bits, too.
constexpr std::int32_t beyond[]{131072, -131072};

// Biases that bring the sums of the first window near `middle`, so that codes show every bit of them; then those of the second.
void layer_with_sums(std::int32_t depth, std::int32_t outputs, std::int32_t middle, nn::int8::Scale by) {
  for (std::int32_t window : {0, 1}) {
    for (std::int32_t o = 0; o < outputs; ++o) {
      std::int32_t sum = middle + static_cast<std::int32_t>(generator.next() % 509) - 254;
      for (std::int32_t i = 0; i < depth; ++i) sum -= many[index(o * depth + i)] * codes[index(1 + window * depth + i)];
      bias[index(o)] = sum;
    }
    scale.fill(by);
    layer({many.data(), bias.data(), scale.data(), outputs % 2, depth, outputs, {}, true});
  }
}

void layers() {
  for (std::int8_t& w : many) w = static_cast<std::int8_t>(generator.next());
  for (std::int8_t& x : codes) x = static_cast<std::int8_t>(generator.next());
  for (std::int32_t depth : {1, 2, 3, 7, 13, 15, 16, 17, 31, 32, 33, 40, 48, 64, 65, 70, 80, 96, 144, 192, 384})
    for (std::int32_t outputs : {1, 2, 3, 4, 5, 7, 8, 9}) {
      layer_with_sums(depth, outputs, 0, {0x7fffffff, -1});
      layer_with_sums(depth, outputs, 0, {0x40000000, -1});
      layer_with_sums(depth, outputs, (1 << 30) - 8000000, {0x60000000, -23});
      layer_with_sums(depth, outputs, 8000000 - (1 << 30), {0x60000000, -23});
      layer_with_sums(depth, outputs, -1, {0x7fffffff, -31});
      for (const std::int32_t middle : beyond) layer_with_sums(depth, outputs, middle, {0x7fffffff, -1});
      fill();
      scales(-9);
      layer({many.data(), bias.data(), scale.data(), 1, depth, outputs, {-20, -20, 90}, true});
      if (depth < 130) rows_of_windows({many.data(), bias.data(), scale.data(), 1, depth, outputs, {-20, -128, 127}, true});
    }
  many.fill(-128);
  codes.fill(-128);
  layer_with_sums(384, 9, 0, {0x7fffffff, -1});
}

void depthwise_layer(std::int32_t channels, std::int32_t height, std::int32_t width, std::int32_t multiplier, nn::int8::Scale by,
                     nn::int8::Range range, std::int32_t middle = 0) {
  const std::int32_t outputs = channels * multiplier, row = width * channels + 3;
  for (std::int32_t o = 0; o < outputs; ++o) {
    std::int32_t sum = middle + static_cast<std::int32_t>(generator.next() % 509) - 254;
    for (std::int32_t i = 0; i < height; ++i)
      for (std::int32_t j = 0; j < width; ++j)
        sum -= many[index((i * width + j) * outputs + o)] * codes[index(1 + i * row + j * channels + o / multiplier)];
    bias[index(o)] = sum;
  }
  scale.fill(by);
  const nn::Int8Depthwise plain{many.data(), bias.data(), scale.data(), 1, height, width, channels, multiplier, range, true};
  const nn::Int8Depthwise m = laid_out(plain);
  for (std::int32_t gap : {0, 3}) {
    const nn::Int8Window window{codes.data() + 1, width * channels + gap, channels};
    Codes &found = cleared(first), &reference = cleared(second);
    on_core(m, [&]<class Kernels>(Kernels) { Kernels::int8_depthwise(m, window, found.data() + 1); });
    nn::Portable::int8_depthwise(plain, window, reference.data() + 1);
    expect(found == reference);
  }
}

void depthwise_layers(nn::int8::Range range) {
  for (std::int8_t& x : codes) x = static_cast<std::int8_t>(generator.next());
  for (std::int32_t channels : {1, 2, 3, 7, 8, 13, 15, 16, 17, 24, 31, 32, 33, 64})
    for (std::int32_t kernel : {0x11, 0x12, 0x21, 0x13, 0x31, 0x22, 0x23, 0x32, 0x33, 0x15, 0x51})
      for (nn::int8::Scale by : {nn::int8::Scale{0x7fffffff, -1}, {0x40000000, -1}, {0x60000000, -7}})
        for (std::int32_t multiplier : {1, 2, 3}) {
          if (channels * multiplier > 64) continue;
          for (std::int8_t& w : many) w = static_cast<std::int8_t>(generator.next());
          depthwise_layer(channels, kernel / 16, kernel % 16, multiplier, by, range);
          for (const std::int32_t middle : beyond)
            depthwise_layer(channels, kernel / 16, kernel % 16, multiplier, by, range, middle);
        }
  many.fill(-128);  // whose products of two taps do not fit into 16 bits
  codes.fill(-128);
  depthwise_layer(16, 3, 3, 1, {0x7fffffff, -1}, range);
  many.fill(-127);
  depthwise_layer(16, 3, 3, 1, {0x7fffffff, -1}, range);
}

void gathers() {
  for (std::int32_t length : {1, 3, 4, 9, 15, 16, 20})
    for (std::int32_t rows : {1, 2, 5})
      for (std::int32_t padding = 0; padding < 16; ++padding) {
        const nn::Int8Edge edge{codes.data() + 40, 23, padding % 3, rows, padding % 2, padding % 4, length, padding / 4};
        Codes &found = cleared(first), &reference = cleared(second);
        target::Kernels::int8_gather(edge, -5, found.data() + 1);
        nn::Portable::int8_gather(edge, -5, reference.data() + 1);
        expect(found == reference);
      }
}

void depthwise(std::int32_t channels, std::int32_t height, std::int32_t width, std::int32_t multiplier, nn::int8::Range range) {
  const nn::Int8Depthwise m{weight.data(), bias.data(), scale.data(), 1, height, width, channels, multiplier, range, true};
  const nn::Int8Window window{codes.data() + 1, width * channels + 3, channels + 1};  // not at words
  Output found = blank, reference = blank;
  target::Kernels::int8_depthwise(m, window, found.data());
  nn::Portable::int8_depthwise(m, window, reference.data());
  expect(found == reference);
}

// The larger of two rows, that do not lie at words.
void keep_larger(std::int32_t count) {
  Output found = blank, reference = blank;
  for (std::size_t i = 0; i < found.size(); ++i) found[i] = reference[i] = weight[i];
  target::Kernels::keep_larger(found.data() + 3, input.data() + 1, count);
  nn::Portable::keep_larger(reference.data() + 3, input.data() + 1, count);
  expect(found == reference);
}

void add_codes(nn::Int8Sum sum) {
  Output found = blank, reference = blank;
  target::Kernels::add_codes<20>(sum, weight.data() + 1, input.data() + 2, found.data() + 1);
  nn::Portable::add_codes<20>(sum, weight.data() + 1, input.data() + 2, reference.data() + 1);
  expect(found == reference);
}

// Add: one input has the scale 1/2, the other mostly less; the output fills the codes, or passes them.
void sums(nn::int8::Range range) {
  const std::int32_t m = 0x40000000 + static_cast<std::int32_t>(generator.next() >> 2);
  const std::int32_t shift = -static_cast<std::int32_t>(generator.next() % 20);
  const std::int8_t zero = static_cast<std::int8_t>(generator.next());
  for (std::int32_t count : {1, 2, 3, 7, 13, 15, 16, 17, 31, 33, 64, 130})
    for (std::int32_t step : {0, 1})
      for (std::int32_t sign : {-1, 1})
        for (std::int32_t output : {-12, -18, -19, -31})
          for (nn::int8::Scale other : {nn::int8::Scale{1 << 30, 0}, {m, shift}, {m, -1}, {0x7fffffff, -1}, {m, 0}, {0, -3}}) {
            add_codes({zero, -128, {1 << 30, 0}, other, {m, output}, range, sign, count, 1, step});
            add_codes({127, zero, other, {1 << 30, 0}, {0x7fffffff, output}, range, sign, count, step, 1});
          }
  // Ties: of the output, and of one input where the other is 0.
  for (std::int32_t sign : {-1, 1}) {
    add_codes({zero, -128, {1 << 30, 0}, {1 << 30, -1}, {1 << 30, -19}, range, sign, 130, 1, 1});
    add_codes({weight[1], zero, {1 << 30, 0}, {1 << 30, -22}, {0x7fffffff, -1}, range, sign, 130, 0, 1});
  }
}

}  // namespace

int main() {
  for (int round = 0; round < 20; ++round) {
    fill();
    scales(-1 - round % 10);
    const nn::int8::Range range = round % 2 == 0 ? nn::int8::Range{-128, -128, 127} : nn::int8::Range{round, -100, 90};
    for (std::int32_t depth : {1, 2, 3, 4, 5, 7, 8, 13, 15, 16, 17, 27, 31, 33, 40, 64, 70})
      for (std::int32_t outputs = 1; outputs <= most_outputs; ++outputs) rows(depth, outputs, outputs % 2, range);
    for (std::int32_t count : {0, 1, 2, 3, 4, 7, 13, 15, 16, 17, 31, 33, 64, 130}) keep_larger(count);
    sums(range);
    for (std::int32_t channels : {1, 2, 3, 4, 5, 7, 8, 12, 13, 15, 16, 17, 31, 33, 64}) {
      depthwise(channels, 3, 3, 1, range);
      depthwise(channels, 2, 3, 1, range);
      depthwise(channels, 1, 2, 1, range);
      if (2 * channels <= most_depth) depthwise(channels, 2, 1, 2, range);
    }
    // Of sums near the limit.
    for (std::int32_t& b : bias) b += round % 2 == 0 ? (1 << 30) - 8000000 : 8000000 - (1 << 30);
    scales(-23);
    for (std::int32_t depth : {1, 7, 16, 33, 64})
      for (std::int32_t outputs : {1, 4, 9}) rows(depth, outputs, 1, range);
    depthwise(17, 3, 3, 1, range);
  }
  layers();
  depthwise_layers({});
  depthwise_layers({-11, -100, 90});
  gathers();
  pools();
  return expectations_failed();
}
