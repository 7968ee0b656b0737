// Whole quantized layers on the kernels of the core, as the core lays them out, against the portable ones on the plain weights:
// forward and backward, from addresses that are no multiples of 4. Biases bring the sums of the first window near a number, so
// that codes show every bit of them.
#include <algorithm>
#include <array>

#include "expect.hpp"
#include "nn/int8/int8.hpp"
#include "nn/random.hpp"

namespace {

nn::Random generator{11};
std::array<std::int8_t, 12000> weight;
std::array<std::int32_t, 80> bias;
std::array<nn::int8::Scale, 80> scale;
std::array<std::int8_t, 1700> input, found, reference;
alignas(16) std::array<std::int8_t, 20000> laid_out;
alignas(8) std::array<std::byte, 8000> scratch;
int layers_laid_out = 0;

// The kernels of layers that are laid out, if the core has some.
template <class Kernels>
struct Of {
  using LaidOut = Kernels;
};
template <class Kernels>
requires requires { typename Kernels::LaidOut; }
struct Of<Kernels> {
  using LaidOut = typename Kernels::LaidOut;
};

template <class Layer>
void compare(const Layer& plain) {
  for (const bool backward : {false, true}) {
    const nn::graph::Call call{scratch.data(), backward};
    reference.fill(0);
    found.fill(0);
    plain.template run<nn::Portable>(call, reference.data() + 3, input.data() + 1);
    const std::int32_t bytes = target::Kernels::int8_laid_out_bytes(plain.matrix());
    expect(bytes % 16 == 0 && bytes <= static_cast<std::int32_t>(laid_out.size()));
    if (bytes > 0) {
      Layer layer = plain;
      target::Kernels::int8_lay_out(plain.matrix(), laid_out.data());
      layer.laid_out = laid_out.data();
      layer.template run<typename Of<target::Kernels>::LaidOut>(call, found.data() + 3, input.data() + 1);
      ++layers_laid_out;
    } else {
      plain.template run<target::Kernels>(call, found.data() + 3, input.data() + 1);
    }
    expect(found == reference);
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
void with_outlets(Layer layer) {
  layer.weight = weight.data();
  layer.bias = bias.data();
  layer.scale = scale.data();
  layer.simple = true;
  for (const nn::int8::Range range : {nn::int8::Range{}, nn::int8::Range{-20, -20, 90}}) {
    layer.range = range;
    layer.scale_step = range.zero == 0 ? 1 : 0;
    outlets(0, {0x7fffffff, -1});
    compare(layer);
    outlets(0, {0x60000000, -9});
    compare(layer);
  }
  layer.scale_step = 1;
  outlets((1 << 30) - 10000000, {0x60000000, -22});
  compare(layer);
  outlets(10000000 - (1 << 30), {0x60000000, -22});
  compare(layer);
}

void dense() {
  for (std::int32_t depth : {1, 2, 3, 7, 13, 15, 16, 17, 31, 33, 64, 130})
    for (std::int32_t outputs : {1, 2, 3, 4, 5, 7, 8, 9, 13}) {
      nn::int8::FullyConnected layer{};
      layer.rows = outputs % 3 == 0 ? 2 : 1;
      layer.inputs = depth;
      layer.outputs = outputs;
      with_outlets(layer);
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
        with_outlets(layer);
      }
}

}  // namespace

int main() {
  for (const bool every : {false, true}) {
    draw(every);
    dense();
    convolutions();
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
    with_outlets(layer);
  }
  // Of the layers above, a core that lays some out takes at least these.
  const nn::int8::FullyConnected plain{1, 4, 1, weight.data(), bias.data(), scale.data(), 1, {}, true};
  weight.fill(1);
  if (target::Kernels::int8_laid_out_bytes(plain.matrix()) > 0) expect(layers_laid_out > 0);
  return expectations_failed();
}
