// The target's kernels of layers on codes of 16 bits against sums written out, at lengths around their unrolling and around the
// number of products that fit in 32 bits. Sums of 32 bits with a shift to the left show their lowest bits.
#include <array>

#include "expect.hpp"
#include "nn/kernels.hpp"
#include "nn/random.hpp"

namespace {

constexpr std::int32_t most_depth = 600;
constexpr std::int32_t most_outputs = 6;
constexpr std::int32_t most_channels = 64;

nn::Random generator{7};
alignas(4) std::array<std::int8_t, most_outputs * most_depth> weight;
alignas(4) std::array<std::int16_t, most_depth + 1> input;
std::array<std::int64_t, most_channels> bias;
std::array<nn::int8::Scale, most_channels> scale;

using Output = std::array<std::int16_t, most_channels>;

void fill(bool extreme) {
  for (std::int8_t& w : weight) w = extreme ? std::int8_t{-128} : static_cast<std::int8_t>(generator.next());
  for (std::int16_t& x : input) x = extreme ? std::int16_t{-32768} : static_cast<std::int16_t>(generator.next());
  for (std::int64_t& b : bias) b = static_cast<std::int64_t>(generator.next()) * 64 - (std::int64_t{1} << 37);
}

void scales(std::int32_t shift) {
  for (nn::int8::Scale& s : scale) s = {static_cast<std::int32_t>((1u << 30) + generator.next() % (1u << 30)), shift};
}

std::int16_t expected(std::int64_t sum, nn::int8::Scale to, const nn::int8::Range& range, bool wide) {
  const std::int32_t y = wide ? nn::int16::requantize(sum, to) : nn::int8::requantize(static_cast<std::int32_t>(sum), to);
  return nn::int8::code<std::int16_t>(y, range);
}

void rows(std::int32_t depth, std::int32_t outputs, std::int32_t step, nn::int8::Range range, bool wide, const std::int16_t* x) {
  const nn::Int16Rows m{weight.data(), depth, outputs, {bias.data(), scale.data(), step, range, wide}};
  Output found{}, portable{}, written_out{};
  target::Kernels::int16_window(m, x, found.data());
  nn::Portable::int16_window(m, x, portable.data());
  for (std::int32_t o = 0; o < outputs; ++o) {
    std::int64_t sum = bias[static_cast<std::size_t>(o)];
    for (std::int32_t i = 0; i < depth; ++i) sum += m.weight[o * depth + i] * x[i];
    written_out[static_cast<std::size_t>(o)] = expected(sum, m.output.scale[o * step], range, wide);
  }
  expect(found == written_out);
  expect(portable == written_out);
}

void depthwise(std::int32_t channels, std::int32_t height, std::int32_t width, std::int32_t multiplier, bool wide) {
  const nn::int8::Range range{0, -32768, 32767};
  const nn::Int16Depthwise m{weight.data(), height, width, channels, multiplier, {bias.data(), scale.data(), 1, range, wide}};
  const nn::Int16Window window{input.data() + 1, width * channels + 3, channels + 1};
  Output found{}, written_out{};
  target::Kernels::int16_depthwise(m, window, found.data());
  for (std::int32_t o = 0; o < channels * multiplier; ++o) {
    std::int64_t sum = bias[static_cast<std::size_t>(o)];
    for (std::int32_t i = 0; i < height; ++i)
      for (std::int32_t j = 0; j < width; ++j)
        sum += m.weight[(i * width + j) * channels * multiplier + o] *
               window.x[i * window.row_step + j * window.column_step + o / multiplier];
    written_out[static_cast<std::size_t>(o)] = expected(sum, scale[static_cast<std::size_t>(o)], range, wide);
  }
  expect(found == written_out);
}

}  // namespace

int main() {
  for (int round = 0; round < 16; ++round) {
    fill(round >= 14);
    const bool wide = round % 2 == 0;
    scales(wide ? -17 - round : -10);
    const nn::int8::Range range = round % 4 < 2 ? nn::int8::Range{0, -32768, 32767} : nn::int8::Range{0, -3000, 20000};
    for (std::int32_t depth : {1, 2, 3, 4, 5, 7, 8, 13, 15, 16, 17, 27, 31, 33, 64, 255, 256, 257, 511, 513, 600})
      for (std::int32_t outputs = 1; outputs <= most_outputs; ++outputs)
        rows(depth, outputs, outputs % 2, range, wide, input.data() + depth % 2);
    for (std::int32_t channels : {1, 2, 3, 5, 7, 13, 15, 16, 17, 31, 33, 64}) depthwise(channels, 3, 3, 1, wide);
    depthwise(2, 1, 4, 3, wide);
    depthwise(1, 20, 25, 1, wide);
  }
  return expectations_failed();
}
