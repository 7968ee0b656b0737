// What the importer removes because it is constant, in random graphs: the outputs keep every bit, and no code leaves the
// interval that was proven for it.
#include "tools/import/remove_constants.hpp"

#include <algorithm>

#include "expect.hpp"
#include "nn/random.hpp"
#include "nn/graph/operators.hpp"
#include "nn/int8/int8.hpp"
#include "tools/import/intervals.hpp"
#include "tools/import/run.hpp"

namespace {

using namespace nn::graph;
using namespace nn::int8;
using namespace tools::importer;

// A tensor as an image, with the code that stands for 0.
struct Image {
  int tensor;
  Extent extent;
  std::int32_t zero;

  std::int32_t count() const { return extent.pixels() * extent.channels; }
};

// Draws a graph of a few operators with constant channels of all kinds. The same seed gives the same graph.
class Graphs {
 public:
  explicit Graphs(std::uint32_t seed) : random{seed} {
    const std::int32_t sides[]{1, 3, 6};
    images.push_back(add_tensor({sides[below(3)], sides[below(3)], 1 + below(5)}));
    network.inputs = {0};
    for (std::int32_t left = 3 + below(7); left > 0; --left) draw_operator();
    if (below(2) == 0) flatten();
    network.outputs = {images.back().tensor};
    if (below(3) == 0) network.outputs.push_back(any().tensor);
  }

  Network network;

 private:
  std::int32_t below(std::int32_t count) { return static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(count))); }
  std::int8_t code() { return static_cast<std::int8_t>(random.next()); }
  const Image& any() { return images[static_cast<std::size_t>(below(static_cast<std::int32_t>(images.size())))]; }

  Image add_tensor(Extent extent) {
    const std::int32_t zeros[]{-128, -128, 127, code()};
    const Image image{static_cast<int>(network.tensors.size()), extent, zeros[below(4)]};
    network.tensors.push_back({image.count(), Type::int8, {extent.height, extent.width, extent.channels}, "an image"});
    return image;
  }
  // Known beforehand; some of its channels hold one code only.
  Image add_constant(Extent extent) {
    const Image image = add_tensor(extent);
    tools::importer::Place& tensor = network.tensors.back();
    for (std::int32_t i = 0; i < tensor.bytes; ++i) tensor.constant.push_back(code());
    for (std::int32_t c = 0; c < extent.channels; ++c)
      for (std::int32_t i = c, one = below(2); one != 0 && i < tensor.bytes; i += extent.channels)
        tensor.constant[static_cast<std::size_t>(i)] = static_cast<std::int8_t>(image.zero);
    return image;
  }
  void apply(Operation operation, const Image& y, std::vector<int> x) {
    network.operators.push_back(
        {std::move(operation), "operator_" + std::to_string(network.operators.size()), y.tensor, std::move(x)});
    images.push_back(y);
  }
  Range range(const Image& y) {
    const std::int32_t least = below(2) == 0 ? y.zero : -128;
    const std::int32_t most = below(2) == 0 ? least + below(128 - least) : 127;
    return {y.zero, least, most};
  }

  // Weights, biases and scales; a third of the outputs is constant, or nearly so.
  struct Constants {
    const std::int8_t* weight;
    const std::int32_t* bias;
    const Scale* scale;
    std::int32_t step;
  };
  Constants constants(std::int32_t outputs, std::int32_t depth, auto owner) {
    std::vector<std::int8_t>& weight = network.keep(std::vector<std::int8_t>{});
    std::vector<std::int32_t>& bias = network.keep(std::vector<std::int32_t>{});
    std::vector<Scale>& scale = network.keep(std::vector<Scale>{});
    const std::int32_t step = below(4) == 0 ? 0 : 1;
    for (std::int32_t i = 0; i < outputs * depth; ++i) weight.push_back(code());
    for (std::int32_t o = 0; o < outputs; ++o) {
      bias.push_back(static_cast<std::int32_t>(random.next()) >> (10 + below(10)));
      if (step == 1 || o == 0) scale.push_back({static_cast<std::int32_t>((random.next() >> 2) | 1 << 30), -5 - below(6)});
      const auto ignore = [&](std::int32_t share) {
        for (std::int32_t i = 0; i < outputs * depth; ++i)
          if (owner(i) == o && below(share) == 0) weight[static_cast<std::size_t>(i)] = 0;
      };
      switch (below(18)) {
        case 0: ignore(1); break;
        case 1: ignore(1), bias.back() = 0; break;
        case 2: bias.back() = below(3) == 0 ? 0x7fffffff : 1 << (25 + below(6)); break;
        case 3: bias.back() = below(3) == 0 ? -0x7fffffff - 1 : -(1 << (25 + below(6))); break;
        case 4: scale.back().shift = step == 1 ? -20 - below(12) : -9; break;
        case 5: scale.back() = step == 1 ? Scale{0, 0} : Scale{1 << 30, 1}; break;
        case 6: ignore(2); break;
        default: break;
      }
    }
    return {weight.data(), bias.data(), scale.data(), step};
  }

  Window window(Extent input, std::int32_t outputs, std::int32_t most_dilation = 2) {
    Window window{};
    window.input = input;
    window.kernel = {1 + below(3), 1 + below(3)};
    window.stride = {1 + below(2), 1 + below(2)};
    window.dilation = {1 + below(most_dilation), 1 + below(most_dilation)};
    const bool same = below(2) == 0;
    const auto along = [&](std::int32_t extent, std::int32_t stride, std::int32_t dilation, std::int32_t& kernel,
                           std::int32_t& before) {
      while (!same && (kernel - 1) * dilation >= extent) --kernel;
      const std::int32_t reach = (kernel - 1) * dilation;
      const std::int32_t output = same ? (extent + stride - 1) / stride : (extent - reach + stride - 1) / stride;
      before = std::max(0, (output - 1) * stride + reach + 1 - extent) / 2;
      return output;
    };
    window.output.height =
        along(input.height, window.stride.height, window.dilation.height, window.kernel.height, window.before.height);
    window.output.width =
        along(input.width, window.stride.width, window.dilation.width, window.kernel.width, window.before.width);
    window.output.channels = outputs;
    return window;
  }

  void draw_operator() {
    const Image x = below(3) == 0 ? any() : images.back();
    const std::int32_t channels = x.extent.channels;
    const std::int8_t zero = static_cast<std::int8_t>(x.zero);
    switch (below(14)) {
      case 0:
      case 1:
      case 2: {
        const Window read = window(x.extent, 4 + below(13));
        const std::int32_t depth = read.kernel.height * read.kernel.width * channels;
        const Constants c = constants(read.output.channels, depth, [&](std::int32_t i) { return i / depth; });
        const Image y = add_tensor(read.output);
        return apply(Conv2d{read, zero, c.weight, c.bias, c.scale, c.step, range(y), false}, y, {x.tensor});
      }
      case 3:
      case 4: {
        const std::int32_t multiplier = channels < 12 ? 1 + below(2) : 1;
        const Window read = window(x.extent, channels * multiplier);
        const std::int32_t outputs = read.output.channels;
        const Constants c =
            constants(outputs, read.kernel.height * read.kernel.width, [&](std::int32_t i) { return i % outputs; });
        const Image y = add_tensor(read.output);
        return apply(DepthwiseConv2d{read, multiplier, zero, c.weight, c.bias, c.scale, c.step, range(y), false}, y, {x.tensor});
      }
      case 5: {
        const Window read = window(x.extent, channels, 1);
        Image y = add_tensor(read.output);
        y.zero = x.zero;
        if (below(2) == 0) return apply(AveragePool2d{read, range(y)}, y, {x.tensor});
        return apply(MaxPool2d{read, range(y)}, y, {x.tensor});
      }
      case 6: {
        const Image y = add_tensor({x.extent.height, x.extent.width, channels});
        return apply(Lookup{y.count(), table(below(3))}, y, {x.tensor});
      }
      case 7: {
        Image y = add_tensor({x.extent.height + 2, x.extent.width + 1, channels});
        y.zero = x.zero;
        const nn::graph::Pad<std::int8_t> pad{{1, 1, x.extent.height, x.extent.width, channels},
                                              {0, 0, 1, 0, 0},
                                              {1, 1, y.extent.height, y.extent.width, channels},
                                              zero};
        return apply(pad, y, {x.tensor});
      }
      case 8: return concatenate(x);
      case 9: return gate(x);
      case 10:
      case 11: return offset(x);
      default: return combine(x);
    }
  }

  // The same, bounded, or any.
  const std::int8_t* table(std::int32_t kind) {
    std::vector<std::int8_t>& values = network.keep(std::vector<std::int8_t>{});
    const std::int32_t least = kind == 1 ? below(128) - 128 : -128;
    for (std::int32_t x = -128; x < 128; ++x) values.push_back(kind == 2 ? code() : static_cast<std::int8_t>(std::max(x, least)));
    return values.data();
  }

  // With an image of the same height and width, side by side along the channels, or one below the other.
  void concatenate(const Image& a) {
    const Image b = below(3) == 0 ? add_constant(a.extent) : any();
    const bool above = b.extent.width == a.extent.width && b.extent.channels == a.extent.channels;
    if (!above && (b.extent.height != a.extent.height || b.extent.width != a.extent.width)) return;
    Extent joined = a.extent;
    (above ? joined.height : joined.channels) += above ? b.extent.height : b.extent.channels;
    if (joined.channels > 40 || joined.height > 20) return;
    const std::int32_t repeats = above ? 1 : a.extent.pixels();
    std::vector<std::int32_t>& part = network.keep(std::vector<std::int32_t>{});
    part = {a.count() / repeats, b.count() / repeats};
    apply(nn::graph::Concatenation<std::int8_t>{repeats, 2, part.data()}, add_tensor(joined), {a.tensor, b.tensor});
  }

  Broadcast shape(const Image& a, bool repeated) const {
    if (!repeated) return {{1, 1, 1, 1, a.count()}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}};
    const std::int32_t channels = a.extent.channels;
    return {{1, 1, a.extent.height, a.extent.width, channels}, {0, 0, a.extent.width * channels, channels, 1}, {0, 0, 0, 0, 1}};
  }

  // Squeeze and excite: the mean of each channel, a fully connected layer, and the product of both with the image.
  void gate(const Image& x) {
    Window whole{};
    whole.input = x.extent;
    whole.kernel = {x.extent.height, x.extent.width};
    whole.output = {1, 1, x.extent.channels};
    const Image mean = add_tensor(whole.output);
    const std::int32_t count = x.extent.pixels();
    apply(Mean{whole, -x.zero * count, {0x7fffffff / count, 0}, {mean.zero, -128, 127}}, mean, {x.tensor});
    const Image factor = connect(mean, x.extent.channels);
    const Image y = add_tensor(x.extent);
    if (below(2) == 0)
      return apply(Mul{shape(x, true), x.zero, factor.zero, {1 << 30, -6}, range(y)}, y, {x.tensor, factor.tensor});
    apply(Add{shape(x, true), 1, x.zero, factor.zero, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -18}, range(y)}, y,
          {x.tensor, factor.tensor});
  }

  // The sum or product with constants, one for each channel or for each element.
  void offset(const Image& x) {
    const bool repeated = below(2) == 0;
    const Image by = add_constant(repeated ? Extent{1, 1, x.extent.channels} : x.extent);
    const Image y = add_tensor(x.extent);
    Broadcast read = shape(x, repeated);
    const bool first = below(2) == 0;
    if (first) std::swap(read.a_step, read.b_step);
    const Image& a = first ? by : x;
    const Image& b = first ? x : by;
    if (below(3) == 0) return apply(Mul{read, a.zero, b.zero, {1 << 30, -6}, range(y)}, y, {a.tensor, b.tensor});
    apply(Add{read, below(2) == 0 ? 1 : -1, a.zero, b.zero, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -18}, range(y)}, y,
          {a.tensor, b.tensor});
  }

  void combine(const Image& a) {
    for (const Image& b : images)
      if (b.extent.height == a.extent.height && b.extent.width == a.extent.width && b.extent.channels == a.extent.channels &&
          below(3) != 0) {
        const Image other = b;
        const Image y = add_tensor(a.extent);
        if (below(3) == 0)
          return apply(Mul{shape(a, false), a.zero, other.zero, {1 << 30, -6}, range(y)}, y, {a.tensor, other.tensor});
        const std::int32_t sign = below(2) == 0 ? 1 : -1;
        const Add add{shape(a, false), sign, a.zero, other.zero, {1 << 30, 0}, {0x5fffffff, -1},
                      {1 << 30, -18 + below(3)}, range(y)};
        return apply(add, y, {a.tensor, other.tensor});
      }
  }

  Image connect(const Image& x, std::int32_t outputs) {
    const std::int32_t inputs = x.count();
    const Constants c = constants(outputs, inputs, [&](std::int32_t i) { return i / inputs; });
    const Image y = add_tensor({1, 1, outputs});
    apply(FullyConnected{1, inputs, outputs, c.weight, c.bias, c.scale, c.step, range(y), false}, y, {x.tensor});
    return y;
  }
  void flatten() { connect(connect(images.back(), 4 + below(9)), 1 + below(6)); }

  nn::Random random;
  std::vector<Image> images;
};

std::vector<std::int8_t> draw_input(const Network& network, nn::Random& random) {
  std::vector<std::int8_t> x(static_cast<std::size_t>(network.tensors[0].bytes));
  const bool extreme = random.below(2) == 0;
  for (std::int8_t& code : x)
    code = extreme ? static_cast<std::int8_t>(random.below(2) == 0 ? -128 : 127) : static_cast<std::int8_t>(random.next());
  return x;
}

// Of all tensors.
std::int32_t bytes(const Network& network) {
  std::int32_t sum = 0;
  for (const tools::importer::Place& tensor : network.tensors) sum += tensor.bytes;
  return sum;
}

void outputs_stay(std::uint32_t seeds) {
  std::uint32_t smaller = 0;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    const Graphs whole{seed};
    if (whole.network.operators.empty()) continue;
    Graphs rest{seed};
    remove_constants(rest.network);
    smaller += bytes(rest.network) < bytes(whole.network);
    nn::Random random{seed + 1};
    for (int i = 0; i < 4; ++i) {
      const std::vector<std::int8_t> x = draw_input(whole.network, random);
      if (run(whole.network, {x}) != run(rest.network, {x}))
        report_failure(__FILE__, __LINE__, "graph ", seed, " has other outputs");
    }
  }
  expect(smaller > seeds / 3);
}

void codes_are_in_their_intervals(std::uint32_t seeds) {
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    Graphs graph{seed};
    Network& network = graph.network;
    const Intervals proven = intervals(network);
    network.outputs.clear();
    for (std::size_t t = 0; t < network.tensors.size(); ++t) network.outputs.push_back(static_cast<int>(t));
    nn::Random random{seed + 1};
    for (int i = 0; i < 4; ++i) {
      const std::vector<std::int8_t> codes = run(network, {draw_input(network, random)});
      const std::int8_t* code = codes.data();
      for (std::size_t t = 0; t < network.tensors.size(); ++t)
        for (std::int32_t e = 0; e < network.tensors[t].bytes; ++e, ++code) {
          const Interval& within = proven.codes[t][static_cast<std::size_t>(e) % proven.codes[t].size()];
          if (*code < within.low || *code > within.high)
            report_failure(__FILE__, __LINE__, "graph ", seed, " leaves an interval");
        }
    }
  }
}

// Two convolutions of 5 x 5 pixels and 8 channels, of which the first gives `constant` in half of its outputs. Returns the
// channels between them that are left.
std::int32_t left_between(std::int32_t constant, Pair kernel, Pair before) {
  Network network;
  std::vector<std::int8_t>& weight = network.keep(std::vector<std::int8_t>(8 * 8 * 9));
  nn::Random random{7};
  for (std::int8_t& w : weight) w = static_cast<std::int8_t>(random.next() | 1);
  std::vector<std::int8_t>& first = network.keep(std::vector<std::int8_t>{weight});
  std::vector<std::int32_t>& bias = network.keep(std::vector<std::int32_t>(8));
  std::vector<Scale>& scale = network.keep(std::vector<Scale>(8, Scale{1 << 30, -8}));
  for (std::size_t o = 0; o < 8; o += 2) {
    std::fill_n(first.begin() + static_cast<std::ptrdiff_t>(8 * o), 8, std::int8_t{0});
    bias[o] = (constant + 100) * 512;
  }
  for (int t = 0; t < 3; ++t) network.tensors.push_back({200, Type::int8, {5, 5, 8}, "an image"});
  network.inputs = {0};
  network.outputs = {2};
  const Window point{
      .batch = 1, .input = {5, 5, 8}, .output = {5, 5, 8}, .kernel = {}, .stride = {}, .dilation = {}, .before = {0, 0}};
  Window second = point;
  second.kernel = kernel;
  second.before = before;
  second.output = {5 + 2 * before.height + 1 - kernel.height, 5 + 2 * before.width + 1 - kernel.width, 8};
  network.tensors[2].bytes = second.output.pixels() * 8;
  network.operators.push_back(
      {Conv2d{point, 3, first.data(), bias.data(), scale.data(), 1, {-100, -128, 127}, true}, "first", 1, {0}});
  network.operators.push_back({Conv2d{second, -100, weight.data(), bias.data(), scale.data(), 1, {}, true}, "second", 2, {1}});
  remove_constants(network);
  return network.tensors[1].bytes / 25;
}

}  // namespace

int main() {
  expect(left_between(20, {1, 1}, {0, 0}) == 4);
  expect(left_between(20, {3, 3}, {0, 0}) == 4);
  // At the edge, 20 is not what padding holds.
  expect(left_between(20, {3, 3}, {1, 1}) == 8);
  expect(left_between(-100, {3, 3}, {1, 1}) == 4);

  outputs_stay(3000 / EVERY);
  codes_are_in_their_intervals(1000 / EVERY);
  return expectations_failed();
}
