// Whole quantized layers on the kernels of the core, as the core lays them out, against the portable ones on the plain weights:
// forward and backward, from addresses that are no multiples of 4.
//
// Raw sums: each bias takes away what the products of one pixel come to, by the definition. The scale is 1/2, and a half goes
// away from 0, so that the codes of this pixel are 0 if and only if every sum is exact.
#include <algorithm>
#include <array>

#include "core_kernels.hpp"
#include "expect.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/int8/int8.hpp"
#include "nn/random.hpp"

namespace {

nn::Random generator{11};
std::array<std::int8_t, 12000> weight;
std::array<std::int32_t, 80> bias;
std::array<nn::int8::Scale, 80> scale;
std::array<std::int8_t, 1700> input, found, reference;
std::array<std::int8_t, 5000> shared;  // by input and output
alignas(16) std::array<std::int8_t, 20000> laid_out;
alignas(8) std::array<std::byte, 8000> scratch;
constexpr std::int8_t untouched = 101;  // no code that a kernel makes of nothing
int layers_laid_out = 0;

// Calls run(layer, kernels): the layer as the core runs it.
template <class Layer>
void on_core(const Layer& plain, const auto& run) {
  const std::int32_t bytes = target::Kernels::int8_laid_out_bytes(plain.matrix());
  expect(bytes % 16 == 0 && bytes <= static_cast<std::int32_t>(laid_out.size()));
  if (bytes == 0) return run(plain, target::Kernels{});
  Layer layer = plain;
  target::Kernels::int8_lay_out(plain.matrix(), laid_out.data());
  layer.laid_out = laid_out.data();
  run(layer, CoreKernels::LaidOut{});
  ++layers_laid_out;
}

// To `found`.
template <class Kernels>
void run_apart(const auto& layer, Kernels, nn::graph::Call call) {
  found.fill(untouched);
  layer.template run<Kernels>(call, found.data() + 3, input.data() + 1);
}

// As near to the input as the layer allows, or over it; `codes` to `found`.
template <class Kernels>
void run_over_the_input(const auto& layer, Kernels, nn::graph::Call call, std::int32_t codes) {
  const auto [below, above] = nn::graph::overlap_on<Kernels>(layer, 0);
  const std::int32_t distance = call.backward ? above : below;
  if (distance == nn::graph::apart) return run_apart(layer, Kernels{}, call);
  std::int8_t* const x = shared.data() + 1 + (call.backward ? 0 : distance);
  std::int8_t* const y = shared.data() + 1 + (call.backward ? distance : 0);
  expect(distance + static_cast<std::int32_t>(input.size()) < static_cast<std::int32_t>(shared.size()));
  std::copy(input.begin() + 1, input.end(), x);
  layer.template run<Kernels>(call, y, x);
  found.fill(untouched);
  std::copy_n(y, codes, found.begin() + 3);
}

void compare(const auto& plain, std::int32_t codes) {
  for (const bool backward : {false, true}) {
    const nn::graph::Call call{scratch.data(), backward};
    reference.fill(untouched);
    plain.template run<nn::Portable>(call, reference.data() + 3, input.data() + 1);
    on_core(plain, [&](const auto& layer, auto kernels) {
      run_apart(layer, kernels, call);
      expect(found == reference);
      run_over_the_input(layer, kernels, call, codes);
      expect(found == reference);
    });
  }
}

// What the products of output `o` come to, at pixel `p`, by the definition.
std::int32_t products(const nn::int8::FullyConnected& m, std::int32_t p, std::int32_t o) {
  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < m.inputs; ++i)
    sum += m.weight[o * m.inputs + i] * input[static_cast<std::size_t>(1 + p * m.inputs + i)];
  return sum;
}
std::int32_t code_at(const nn::graph::Window& window, std::int8_t zero, std::int32_t p, std::int32_t k, std::int32_t l,
                     std::int32_t channel) {
  const std::int32_t in_image = p % window.output.pixels();
  const std::int32_t row =
      in_image / window.output.width * window.stride.height - window.before.height + k * window.dilation.height;
  const std::int32_t column =
      in_image % window.output.width * window.stride.width - window.before.width + l * window.dilation.width;
  if (row < 0 || row >= window.input.height || column < 0 || column >= window.input.width) return zero;
  const std::int32_t pixel = (p / window.output.pixels() * window.input.height + row) * window.input.width + column;
  return input[static_cast<std::size_t>(1 + pixel * window.input.channels + channel)];
}
std::int32_t products(const nn::int8::Conv2d& m, std::int32_t p, std::int32_t o) {
  std::int32_t sum = 0;
  const std::int8_t* w = m.weight + o * m.depth();
  for (std::int32_t k = 0; k < m.window.kernel.height; ++k)
    for (std::int32_t l = 0; l < m.window.kernel.width; ++l)
      for (std::int32_t c = 0; c < m.window.input.channels; ++c) sum += *w++ * code_at(m.window, m.zero, p, k, l, c);
  return sum;
}
std::int32_t products(const nn::int8::DepthwiseConv2d& m, std::int32_t p, std::int32_t o) {
  std::int32_t sum = 0;
  for (std::int32_t k = 0; k < m.window.kernel.height; ++k)
    for (std::int32_t l = 0; l < m.window.kernel.width; ++l)
      sum += m.weight[(k * m.window.kernel.width + l) * m.window.output.channels + o] *
             code_at(m.window, m.zero, p, k, l, m.first + o / m.multiplier);
  return sum;
}

template <class Layer>
void raw_sums(Layer layer, std::int32_t pixels, std::int32_t outputs) {
  layer.range = {};
  layer.scale_step = 1;
  scale.fill({0x7fffffff, -1});
  for (const std::int32_t p : {std::int32_t{0}, pixels / 2, pixels - 1}) {
    for (std::int32_t o = 0; o < outputs; ++o) bias[static_cast<std::size_t>(o)] = -products(layer, p, o);
    on_core(layer, [p](const auto& laid, auto kernels) { run_apart(laid, kernels, {scratch.data(), p % 2 != 0}); });
    const auto first = found.begin() + 3 + p * outputs;
    expect(std::all_of(first, first + outputs, [](std::int8_t code) { return code == 0; }));
  }
}

// Weights of [-127, 127], as TensorFlow Lite has them, or of every code.
void draw(bool every) {
  for (std::int8_t& x : input) x = static_cast<std::int8_t>(generator.next());
  for (std::int8_t& w : weight) {
    w = static_cast<std::int8_t>(generator.next());
    if (w == -128 && !every) w = -127;
  }
}

// Biases: with a window of zeros the sums are near `middle`. One scale of all outputs, or one each.
void outlets(std::int32_t middle, nn::int8::Scale by) {
  for (std::int32_t& b : bias) b = middle + static_cast<std::int32_t>(generator.next() % 509) - 254;
  for (nn::int8::Scale& s : scale) s = {by.multiplier - static_cast<std::int32_t>(generator.next() % 3), by.shift};
}
template <class Layer>
void with_outlets(Layer layer, std::int32_t pixels, std::int32_t of_pixel) {
  layer.weight = weight.data();
  layer.bias = bias.data();
  layer.scale = scale.data();
  layer.simple = true;
  for (const nn::int8::Range range : {nn::int8::Range{}, nn::int8::Range{-20, -20, 90}}) {
    layer.range = range;
    layer.scale_step = range.zero == 0 ? 1 : 0;
    outlets(0, {0x7fffffff, -1});
    compare(layer, pixels * of_pixel);
    outlets(0, {0x60000000, -9});
    compare(layer, pixels * of_pixel);
  }
  layer.scale_step = 1;
  outlets((1 << 30) - 10000000, {0x60000000, -22});
  compare(layer, pixels * of_pixel);
  outlets(10000000 - (1 << 30), {0x60000000, -22});
  compare(layer, pixels * of_pixel);
  raw_sums(layer, pixels, of_pixel);
}

void dense() {
  for (std::int32_t depth : {1, 2, 3, 7, 13, 15, 16, 17, 31, 33, 64, 130})
    for (std::int32_t outputs : {1, 2, 3, 4, 5, 7, 8, 9, 13}) {
      nn::int8::FullyConnected layer{};
      layer.rows = outputs % 3 == 0 ? 2 : 1;
      layer.inputs = depth;
      layer.outputs = outputs;
      with_outlets(layer, layer.rows, outputs);
    }
}

void convolutions() {
  using nn::graph::Window;
  for (std::int32_t channels : {1, 2, 3, 4, 7, 8, 13, 16, 17})
    for (const Window& window :
         {Window{.input = {3, 3}, .output = {3, 3}, .kernel = {3, 3}, .before = {1, 1}},
          Window{.input = {4, 3}, .output = {4, 3}, .kernel = {1, 1}},
          Window{.input = {1, 1}, .output = {1, 1}, .kernel = {3, 3}, .before = {1, 1}},
          Window{.input = {5, 4}, .output = {2, 2}, .kernel = {2, 3}, .stride = {2, 2}, .before = {0, 1}},
          Window{.batch = 2, .input = {3, 3}, .output = {2, 2}, .kernel = {2, 2}, .dilation = {2, 2}, .before = {1, 1}},
          Window{.input = {4, 3}, .output = {3, 1}, .kernel = {2, 3}}})
      for (std::int32_t outputs : {1, 4, 6, 17}) {
        nn::int8::Conv2d layer{};
        layer.window = window;
        layer.window.input.channels = channels;
        layer.window.output.channels = outputs;
        layer.zero = static_cast<std::int8_t>(channels - 9);
        with_outlets(layer, layer.window.pixels(), outputs);
      }
}

void depthwise() {
  using nn::graph::Window;
  for (std::int32_t channels : {1, 2, 3, 4, 5, 7, 8, 13, 16, 17})
    for (const Window& window :
         {Window{.input = {3, 4}, .output = {3, 4}, .kernel = {3, 3}, .before = {1, 1}},
          Window{.input = {3, 3}, .output = {1, 1}, .kernel = {3, 3}},
          Window{.input = {5, 4}, .output = {2, 2}, .kernel = {3, 3}, .stride = {2, 2}, .before = {0, 1}},
          Window{.batch = 2, .input = {3, 3}, .output = {3, 3}, .kernel = {3, 3}, .dilation = {2, 2}, .before = {2, 2}},
          Window{.input = {6, 1}, .output = {2, 1}, .kernel = {5, 1}},
          Window{.input = {4, 4}, .output = {3, 3}, .kernel = {2, 2}}})
      for (std::int32_t multiplier : {1, 2, 3}) {
        nn::int8::DepthwiseConv2d layer{};
        layer.window = window;
        layer.first = channels % 2;
        layer.window.input.channels = channels + layer.first;
        layer.window.output.channels = channels * multiplier;
        layer.multiplier = multiplier;
        layer.zero = static_cast<std::int8_t>(channels - 9);
        with_outlets(layer, layer.window.pixels(), channels * multiplier);
      }
}

// Layers that the compiler knows whole: a core may have a loop for each of them.
template <std::size_t Weights, std::size_t Outputs>
struct Constants {
  std::array<std::int8_t, Weights> weight{};
  std::array<std::int32_t, Outputs> bias{};
  std::array<nn::int8::Scale, Outputs> scale{};

  constexpr Constants() {
    nn::Random random{static_cast<std::uint32_t>(Weights)};
    for (std::int8_t& w : weight) w = static_cast<std::int8_t>(static_cast<std::int32_t>(random.below(255)) - 127);
    for (std::int32_t& b : bias) b = static_cast<std::int32_t>(random.below(20001)) - 10000;
    for (nn::int8::Scale& s : scale) s = {0x7fffffff - static_cast<std::int32_t>(random.next() >> 3), -9};
  }
};
template <class Layer, nn::graph::Window Window, nn::int8::Range Range>
struct Known {
  static constexpr bool depthwise = requires(Layer layer) { layer.multiplier; };
  static constexpr std::int32_t outputs = Window.output.channels;
  static constexpr std::int32_t weights =
      Window.kernel.height * Window.kernel.width * (depthwise ? 1 : Window.input.channels) * outputs;
  static constexpr Constants<static_cast<std::size_t>(weights), static_cast<std::size_t>(outputs)> constants{};
  static constexpr Layer layer = [] {
    Layer all{};
    all.window = Window;
    if constexpr (depthwise) all.multiplier = outputs / Window.input.channels;
    all.zero = -5;
    all.weight = constants.weight.data();
    all.bias = constants.bias.data();
    all.scale = constants.scale.data();
    all.scale_step = 1;
    all.range = Range;
    all.simple = true;
    return all;
  }();

  static void compare() {
    using Here = nn::graph::OnCore<target::Kernels, layer>;
    expect(Window.input.pixels() * Window.input.channels < static_cast<std::int32_t>(input.size()));
    expect(Window.pixels() * outputs + 3 <= static_cast<std::int32_t>(found.size()));
    for (const bool backward : {false, true}) {
      const nn::graph::Call call{scratch.data(), backward};
      constexpr typename Here::KernelsOf kernels;
      reference.fill(untouched);
      layer.template run<nn::Portable>(call, reference.data() + 3, input.data() + 1);
      run_apart(Here::operation, kernels, call);
      expect(found == reference);
      run_over_the_input(Here::operation, kernels, call, Window.pixels() * outputs);
      expect(found == reference);
    }
  }
};
constexpr nn::int8::Range all_codes{}, cut{-20, -20, 90};
template <nn::graph::Window Window, nn::int8::Range Range = all_codes>
constexpr auto known_convolution = Known<nn::int8::Conv2d, Window, Range>::compare;
template <nn::graph::Window Window, nn::int8::Range Range = all_codes>
constexpr auto known_depthwise = Known<nn::int8::DepthwiseConv2d, Window, Range>::compare;

void known_layers() {
  using nn::graph::Window;
  // Runs of whole vectors, where they stand and at the edges; more runs; several chunks of vectors.
  known_convolution<Window{.input = {4, 9, 16}, .output = {4, 9, 12}, .kernel = {3, 3}, .before = {1, 1}}>();
  known_convolution<Window{.input = {3, 3, 48}, .output = {3, 3, 9}, .kernel = {3, 3}, .before = {1, 1}}, cut>();
  // Gathered, few at a time and many, with one over; of rows too short to be walked.
  known_convolution<Window{.input = {4, 10, 40}, .output = {4, 10, 4}, .kernel = {3, 3}, .before = {1, 1}}>();
  known_convolution<Window{.batch = 2, .input = {5, 25, 3}, .output = {5, 25, 5}, .kernel = {3, 3}, .before = {1, 1}}, cut>();
  known_convolution<Window{.input = {19, 10, 1}, .output = {10, 5, 13}, .kernel = {10, 4}, .stride = {2, 2}, .before = {4, 1}}>();
  // Where they stand one after another, with a tail or in chunks.
  known_convolution<Window{.input = {3, 3, 20}, .output = {3, 3, 6}}>();
  known_convolution<Window{.input = {1, 3, 144}, .output = {1, 3, 8}}, cut>();
  known_convolution<Window{.input = {1, 4, 256}, .output = {1, 4, 5}}>();
  known_convolution<Window{.input = {1, 2, 150}, .output = {1, 2, 9}}>();
  known_convolution<Window{.input = {2, 8, 80}, .output = {2, 8, 4}, .kernel = {3, 3}, .before = {1, 1}}, cut>();
  // Rows that lie apart, columns that do, and steps of two, where windows stand and where they are gathered.
  known_convolution<Window{
      .input = {6, 9, 16}, .output = {6, 9, 4}, .kernel = {3, 3}, .dilation = {2, 1}, .before = {2, 1}}>();
  known_convolution<Window{
      .input = {5, 10, 16}, .output = {5, 10, 4}, .kernel = {3, 3}, .dilation = {2, 2}, .before = {2, 2}}>();
  known_convolution<Window{.input = {5, 17, 16}, .output = {3, 9, 4}, .kernel = {3, 3}, .stride = {2, 2}, .before = {1, 1}}>();
  known_convolution<Window{.input = {5, 19, 3}, .output = {3, 10, 5}, .kernel = {3, 3}, .stride = {2, 2}, .before = {1, 1}}>();
  // Channels of whole vectors, fewer, or both, with edges on all sides and on two.
  known_depthwise<Window{.input = {4, 5, 16}, .output = {4, 5, 16}, .kernel = {3, 3}, .before = {1, 1}}>();
  known_depthwise<Window{.input = {5, 6, 20}, .output = {3, 3, 20}, .kernel = {3, 3}, .stride = {2, 2}, .before = {1, 0}}, cut>();
  known_depthwise<Window{
      .batch = 2, .input = {4, 4, 7}, .output = {4, 4, 7}, .kernel = {3, 3}, .dilation = {2, 2}, .before = {2, 2}}>();
  known_depthwise<Window{.input = {5, 7, 20}, .output = {3, 4, 20}, .kernel = {3, 3}, .stride = {2, 2}, .before = {1, 1}}>();
  known_depthwise<Window{.input = {6, 2, 24}, .output = {2, 2, 24}, .kernel = {5, 1}}>();
}

// An Add of which the compiler knows the scales; a core may bring the one loop that it takes.
template <std::int32_t Count, std::int32_t Step, nn::int8::Scale First, nn::int8::Scale Second, std::int32_t Sign,
          nn::int8::Range Range>
struct KnownSum {
  static constexpr nn::int8::Add add{{{1, 1, 1, 2, Count}, {0, 0, 0, Count, 1}, {0, 0, 0, Step * Count, Step}},
                                     Sign, -3, 11, First, Second, {0x5a827999, -18}, Range};

  static void compare() {
    found.fill(untouched);
    reference.fill(untouched);
    nn::graph::OnCore<target::Kernels, add>::operation.template run<typename nn::graph::OnCore<target::Kernels, add>::KernelsOf>(
        {nullptr, false}, found.data() + 3, input.data() + 1, input.data() + 206);
    add.template run<nn::Portable>({nullptr, false}, reference.data() + 3, input.data() + 1, input.data() + 206);
    expect(found == reference);
  }
};
template <std::int32_t Count, std::int32_t Step, nn::int8::Scale First, nn::int8::Scale Second, std::int32_t Sign = 1,
          nn::int8::Range Range = all_codes>
constexpr auto known_sum = KnownSum<Count, Step, First, Second, Sign, Range>::compare;

void known_sums() {
  using nn::int8::Scale;
  constexpr Scale half{1 << 30, 0}, less{0x60000000, -1}, least{0x7fffffff, -3}, more{0x40000001, 1};
  known_sum<66, 1, half, less>();
  known_sum<34, 1, least, half, 1, cut>();
  known_sum<31, 1, half, less, 1, cut>();  // odd
  known_sum<64, 1, less, least>();
  known_sum<33, 1, half, less, -1>();
  known_sum<17, 0, half, less>();
  known_sum<7, 1, half, more>();
}

// One pixel: a graph runs another operator, of the same codes.
constexpr std::array<std::int8_t, 2 * 6> few_weights{1, -2, 3, -4, 5, -6, 127, -127, 90, 0, 7, 8};
constexpr std::array<std::int32_t, 2> few_biases{-5, 1000};
constexpr std::array<nn::int8::Scale, 2> few_scales{{{0x7fffffff, -1}, {0x60000000, -4}}};
constexpr nn::int8::Conv2d one_pixel{
    .window = {.input = {3, 1, 3}, .output = {1, 1, 2}, .kernel = {2, 1}, .stride = {2, 1}},
    .zero = 3, .weight = few_weights.data(), .bias = few_biases.data(), .scale = few_scales.data(),
    .scale_step = 1, .range = {}, .simple = true};

void one_window() {
  const auto& other = nn::graph::simplified<one_pixel>();
  static_assert(std::remove_cvref_t<decltype(other)>::kind != nn::int8::Conv2d::kind);
  found.fill(untouched);
  reference.fill(untouched);
  other.run<nn::Portable>({scratch.data(), false}, found.data(), input.data());
  one_pixel.run<nn::Portable>({scratch.data(), false}, reference.data(), input.data());
  expect(found == reference);
}

}  // namespace

int main() {
  for (const bool every : {false, true}) {
    draw(every);
    dense();
    convolutions();
    depthwise();
    one_window();
    known_layers();
    known_sums();
  }
  // The largest sums; and of more weights than a word takes 256-fold.
  weight.fill(-127);
  std::fill(input.begin(), input.end(), std::int8_t{-128});
  dense();
  for (std::int32_t depth : {516, 517, 600}) {
    nn::int8::FullyConnected layer{};
    layer.rows = 1;
    layer.inputs = depth;
    layer.outputs = 8;
    with_outlets(layer, 1, 8);
  }
  // Of the layers above, a core that lays some out takes at least these.
  const nn::int8::FullyConnected plain{1, 4, 1, weight.data(), bias.data(), scale.data(), 1, {}, true};
  weight.fill(1);
  if (target::Kernels::int8_laid_out_bytes(plain.matrix()) > 0) expect(layers_laid_out > 0);
  return expectations_failed();
}
