// Float32 rounding: in integers and on the FPU the same codes, ties and sums beyond 24 bits among them; and the target's kernels
// of layers that are rounded so against the portable ones.
#include <algorithm>
#include <array>
#include <bit>

#include "core_kernels.hpp"
#include "expect.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/int8/int8.hpp"
#include "nn/kernels.hpp"
#include "nn/random.hpp"

namespace {

using nn::int8::Float32;
nn::Random generator{15};

// By hand: 1/2, 3/2 and 5/2 to even; beyond 2^24 the sum itself; the product.
static_assert(Float32::requantize(1, 0.5f) == 0 && Float32::requantize(3, 0.5f) == 2 && Float32::requantize(-5, 0.5f) == -2);
static_assert(Float32::requantize((1 << 24) + 1, 0x1p-24f) == 1 && Float32::requantize((1 << 24) + 3, 0x1p-1f) == (1 << 23) + 2);
static_assert(Float32::requantize(16777213, 0x1.000002p-1f) == 8388608);  // 8388607.5 exactly would be 8388607.4999998
static_assert(Float32::requantize(0x7fffffff, 3.0f) == 1 << 30 && Float32::requantize(-0x7fffffff - 1, 3.0f) == -(1 << 30));
static_assert(Float32::requantize(-0x7fffffff - 1, 0x1p-25f) == -64 && Float32::requantize(1000, 0x1p-140f) == 0);
static_assert(Float32::code(5, 0.5f, {.zero = 1, .least = -128, .most = 127}) == 3);  // the zero point after the rounding
// The reference takes 1/2 away from zero.
static_assert(nn::int8::Reference::code(1, {1 << 30, 0}, {}) == 1);

// nearest_even(float(sum) · scale) as this core's float has it: at 2^23 a float has no fraction.
std::int32_t in_float(std::int32_t sum, float scale) {
  volatile float hidden = static_cast<float>(sum);
  const float product = hidden * scale;
  const float size = product < 0 ? -product : product;
  if (size >= 0x1p30f) return product < 0 ? -Float32::beyond : Float32::beyond;
  if (size >= 0x1p23f) return static_cast<std::int32_t>(product);
  hidden = size + 0x1p23f;
  const float rounded = hidden - 0x1p23f;
  return static_cast<std::int32_t>(product < 0 ? -rounded : rounded);
}

void same_as_float(int pairs) {
  for (int i = 0; i < pairs; ++i) {
    const std::uint32_t drawn = generator.next();
    std::int32_t sum = static_cast<std::int32_t>(generator.next()) >> (drawn % 32);
    std::uint32_t significand = generator.next() & 0x7fffff;
    if (drawn & 0x100) significand &= 0x700000;                                    // ties
    if (drawn & 0x200) sum = (sum & ~0x3ff) + static_cast<std::int32_t>(drawn >> 30) + 0x1ff;  // near ties of sums beyond 2^24
    const std::uint32_t exponent = 127 - 40 + (drawn >> 16) % 48;
    const float scale = std::bit_cast<float>(exponent << 23 | significand);
    expect(Float32::requantize(sum, scale) == in_float(sum, scale));
  }
}

constexpr std::int32_t most = 40;
alignas(4) std::array<std::int8_t, 1700> weight;  // so few that all fit a micro:bit
alignas(4) std::array<std::int8_t, 1100> codes;
std::array<std::int32_t, most> bias;
std::array<float, most> scale;
alignas(16) std::array<std::int8_t, 3000> bytes;
using Codes = std::array<std::int8_t, 1100>;
alignas(16) std::array<std::byte, 2048> scratch;

// Codes show the sums' bits at `by`, of biases near `middle`; every fourth scale is a power of two, for ties.
void draw(float by, std::int32_t middle) {
  for (std::int8_t& w : weight) w = std::max(static_cast<std::int8_t>(generator.next()), std::int8_t{-127});
  for (std::int8_t& x : codes) x = static_cast<std::int8_t>(generator.next());
  for (std::int32_t& b : bias) b = middle + static_cast<std::int32_t>(generator.next() % 60000) - 30000;
  for (float& s : scale) s = generator.next() % 4 == 0 ? by : by * (0.5f + generator.uniform());
}

template <class Layer>
bool lay_out(Layer& layer) {
  if constexpr (requires { layer.laid_out; }) {
    const std::int32_t count = target::Kernels::int8_laid_out_bytes(layer.matrix());
    expect(count <= static_cast<std::int32_t>(bytes.size()));
    if (count == 0) return false;
    target::Kernels::int8_lay_out(layer.matrix(), bytes.data());
    layer.laid_out = bytes.data();
    return true;
  }
  return false;
}

int laid_out = 0;

template <class Kernels, class Layer>
Codes run(const Layer& layer) {
  Codes y;
  y.fill(101);  // no code that a kernel makes of nothing
  expect(nn::graph::scratch_bytes<Kernels>(layer) <= static_cast<std::int32_t>(scratch.size()));
  layer.template run<Kernels>({.scratch = scratch.data()}, y.data() + 1, codes.data() + 4);
  return y;
}
template <class Layer>
void compare(Layer layer) {
  layer.weight = weight.data();
  layer.bias = bias.data();
  layer.scale = scale.data();
  layer.simple = true;
  for (const float by : {0x1p-8f, 0x1.9p-7f, 0x1p-12f})
    for (const nn::int8::Range range : {nn::int8::Range{}, nn::int8::Range{-21, -21, 90}}) {
      layer.range = range;
      layer.scale_step = by == 0x1p-12f ? 0 : 1;
      draw(by, by == 0x1p-12f ? 1 << 19 : 0);
      layer.laid_out = nullptr;
      const Codes defined = run<nn::Portable>(layer);
      expect(run<target::Kernels>(layer) == defined);
      if (!lay_out(layer)) continue;
      ++laid_out;
      expect(run<typename LaidOutOf<target::Kernels>::LaidOut>(layer) == defined);
    }
}

void layers() {
  for (std::int32_t depth : {1, 3, 16, 33, 64, 130})
    for (std::int32_t outputs : {1, 4, 5, 8, 13}) {
      nn::int8::FullyConnectedOf<Float32> dense{};
      dense.rows = outputs % 2 + 1;
      dense.inputs = depth;
      dense.outputs = outputs;
      compare(dense);
    }
  for (std::int32_t channels : {1, 3, 4, 16, 18})
    for (const nn::graph::Window& window :
         {nn::graph::Window{.input = {5, 12}, .output = {3, 10}, .kernel = {3, 3}},
          nn::graph::Window{.input = {4, 3}, .output = {4, 3}, .kernel = {3, 3}, .before = {1, 1}},
          nn::graph::Window{.input = {4, 3}, .output = {4, 3}, .kernel = {1, 1}}}) {
      for (std::int32_t outputs : {1, 6, channels > 4 ? 9 : 17}) {
        nn::int8::Conv2dOf<Float32> conv{};
        conv.window = window;
        conv.window.input.channels = channels;
        conv.window.output.channels = outputs;
        conv.zero = 5;
        compare(conv);
      }
      for (std::int32_t multiplier : {1, 2}) {
        nn::int8::DepthwiseConv2dOf<Float32> depthwise{};
        depthwise.window = window;
        depthwise.window.input.channels = channels;
        depthwise.window.output.channels = channels * multiplier;
        depthwise.multiplier = multiplier;
        depthwise.zero = -3;
        compare(depthwise);
      }
    }
}

// Sums of codes, exact and rounded once, halves up; in one row, in several, and of an input that stands still.
void sums() {
  for (std::int32_t count : {1, 3, 4, 5, 16, 31})
    for (std::int32_t step : {0, 1})
      for (std::int32_t shift : {1, 12, 20}) {
        nn::int8::AddHalfUp add{};
        add.shape = {.extent = {1, 1, 1, 2, count}, .a_step = {0, 0, 0, count, 1}, .b_step = {0, 0, 0, count, step}};
        add.a_multiplier = static_cast<std::int32_t>(generator.next() >> 11) - (1 << 20);
        add.b_multiplier = static_cast<std::int32_t>(generator.next() >> 11) - (1 << 20);
        add.bias = (1 << shift >> 1) + static_cast<std::int32_t>(generator.next() >> 16);
        add.shift = shift;
        add.range = count == 5 ? nn::int8::Range{-21, -21, 90} : nn::int8::Range{3, -128, 127};
        draw(1, 0);
        static Codes defined, found;
        defined = found = {};
        add.run<nn::Portable>({}, defined.data() + 1, codes.data() + 1, codes.data() + 70);
        add.run<target::Kernels>({}, found.data() + 1, codes.data() + 1, codes.data() + 70);
        expect(found == defined);
        // By hand, of the last number.
        const std::int64_t sum =
            std::int64_t{add.bias} + std::int64_t{codes[static_cast<std::size_t>(2 * count)]} * add.a_multiplier +
            std::int64_t{codes[static_cast<std::size_t>(70 + count + (count - 1) * step)]} * add.b_multiplier;
        expect(defined[static_cast<std::size_t>(2 * count)] ==
               std::clamp<std::int64_t>((sum >> shift) + add.range.zero, add.range.least, add.range.most));
      }
}

}  // namespace

int main() {
  same_as_float(sizeof(void*) == 4 ? 20'000 : 4'000'000);
  layers();
  sums();
  // A core that lays out such layers lays out these.
  constexpr float half = 0.5f;
  const nn::Int8RowsOf<Float32> some{weight.data(), bias.data(), &half, 0, 4, 1, {}, true};
  if (target::Kernels::int8_laid_out_bytes(some) > 0) expect(laid_out > 0);
  return expectations_failed();
}
