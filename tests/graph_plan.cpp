// The memory plan of graphs, and that running in it gives what running in separate memory gives.
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "expect.hpp"
#include "nn/graph/run.hpp"
#include "nn/int8/int8.hpp"
#include "nn/random.hpp"

namespace {

using namespace nn::int8;
using nn::Apply;
using nn::Inputs;
using nn::Outputs;
using nn::graph::Window;

template <std::int32_t... Counts>
using Codes = nn::Tensors<nn::Tensor<std::int8_t, Counts>...>;
template <class AllTensors, class AllInputs, class AllOutputs, class... Operators>
using Graph = nn::Graph<AllTensors, AllInputs, AllOutputs, Operators...>;
using nn::graph::live_bytes;

alignas(4) std::array<std::int8_t, 64 * 9> weights = [] {
  std::array<std::int8_t, 64 * 9> all{};
  nn::Random random{3};
  for (std::int8_t& w : all) w = static_cast<std::int8_t>(random.next());
  return all;
}();
constexpr std::int32_t biases[8]{};
constexpr std::int32_t biases_of_phases[6 * 8]{};
constexpr Scale scales[1]{{1 << 30, -7}};

constexpr Window same{.batch = 1, .input = {6, 5, 8}, .output = {6, 5, 8}, .kernel = {3, 3}, .stride = {}, .dilation = {}, .before = {1, 1}};
constexpr Window point{.batch = 1, .input = {6, 5, 8}, .output = {6, 5, 8}, .kernel = {}, .stride = {}, .dilation = {}, .before = {0, 0}};
constexpr Window halves{.batch = 1, .input = {6, 5, 8}, .output = {3, 3, 8}, .kernel = {2, 2}, .stride = {2, 2}, .dilation = {}, .before = {0, 0}};

constexpr DepthwiseConv2d depthwise{same, 1, 3, weights.data(), biases, scales, 0, {}, true};
constexpr Conv2d conv{same, 3, weights.data(), biases, scales, 0, {}, true};
constexpr Conv2d pointwise{point, 3, weights.data(), biases, scales, 0, {}, true};
constexpr MaxPool2d pool{halves, {}};
constexpr Add add{{{1, 1, 1, 1, 240}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}}, 1, 0, 0, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -18}, {}};

// A 3x3 window reaches one row and one pixel back, and its own pixel is written while it is read: 40 + 8 + 8 bytes, and the
// same from the other end.
static_assert(depthwise.overlap(0).below == 40 + 8 + 8);
static_assert(depthwise.overlap(0).above == 40 + 8 + 8);
// Two pixels at once.
static_assert(pointwise.overlap(0).below == 16);
static_assert(pointwise.overlap(0).above == 16);
// The output falls behind the input soon, but the first window is read in whole.
static_assert(pool.overlap(0).below == 8);

// Forward and backward in turns: two layers need no more than one.
using Chain = Graph<Codes<240, 240, 240, 240>, Inputs<0>, Outputs<3>, Apply<depthwise, 1, 0>, Apply<pointwise, 2, 1>, Apply<depthwise, 3, 2>>;
static_assert(Chain::workspace_bytes == 240 + 56 + 72, "the larger distance, and the scratch of a padded window");

// What the addition reads lives across the convolution; the sum is in place.
using Residual = Graph<Codes<240, 240, 240, 240, 72>, Inputs<0>, Outputs<4>, Apply<pointwise, 1, 0>, Apply<conv, 2, 1>, Apply<add, 3, 1, 2>, Apply<pool, 4, 3>>;
static_assert(live_bytes<Residual>(1) == 240 + 240 + 144);
static_assert(Residual::workspace_bytes == 240 + 240 + 144);

// A slice is in place; rows are doubled from the end on, one row above; to be turned around, half of them must be kept.
constexpr nn::graph::StridedCopy<std::int8_t> lower_half{{1, 1, 1, 1, 1}, {}, 120, 120};
constexpr nn::graph::StridedCopy<std::int8_t> columns{{1, 1, 1, 3, 2}, {0, 0, 0, 40, 16}, 8, 8};
constexpr nn::graph::StridedCopy<std::int8_t> turned{{1, 1, 1, 1, 6}, {0, 0, 0, 0, -8}, 40, 8};
constexpr std::int32_t doubled[]{0, 0, 1, 1, 2, 2};
constexpr nn::graph::ResizeNearest<std::int8_t> twice{1, {3, 1, 16}, {6, 1, 16}, doubled, doubled};
constexpr ResizeBilinear larger{1, {6, 2, 8}, {7, 4, 8}, {878, 512}, {0, -256}};
constexpr TransposeConv2d upward{{.batch = 1, .input = {3, 2, 8}, .output = {6, 5, 8}, .kernel = {3, 2}, .stride = {2, 3}, .before = {0, 0}},
                                 3, weights.data(), biases_of_phases, scales, 0, {}, true};
constexpr GroupedConv2d grouped{same, 2, 3, weights.data(), biases, scales, 0, {}, true};
static_assert(lower_half.overlap(0).below == 0);
static_assert(columns.overlap(0).below == 0);
static_assert(turned.overlap(0).below == 40);
static_assert(twice.overlap(0).above == 16);
static_assert(upward.scratch() == 2 * 1 * 8, "one phase of the window");
using Moves = Graph<Codes<240, 120, 48, 48, 96, 224, 48, 240, 240>, Inputs<0>, Outputs<8>, Apply<lower_half, 1, 0>, Apply<columns, 2, 1>,
                    Apply<turned, 3, 2>, Apply<twice, 4, 3>, Apply<larger, 5, 4>, Apply<columns, 6, 5>, Apply<upward, 7, 6>, Apply<grouped, 8, 7>>;

// A state lives from run to run, beside all that lives between.
constexpr std::int32_t biases_of_filters[4]{};
constexpr Svdf<std::int8_t> svdf{1, 8, 2, 2, 3, weights.data(), biases_of_filters, weights.data() + 32, biases, {1 << 30, -4}, {1 << 30, -6}, 30, {}};
using Stream = Graph<Codes<8, 2>, Inputs<0>, Outputs<1>, Apply<svdf, 1, 0>>;
static_assert(Stream::workspace_bytes == 12 + 10, "the state of four filters, the input, the output behind it");

void keeps_its_state() {
  static Stream net;
  const auto step = [](int value) {
    std::fill(net.input().begin(), net.input().end(), static_cast<std::int8_t>(value));
    net.run();
    return std::array{net.output()[0], net.output()[1]};
  };
  const auto first = step(100);
  expect(step(100) != first);
  net.reset();
  expect(step(100) == first);
}

// A constant that an operator reads has no place in the workspace.
constexpr std::int8_t offsets[240]{5, -7, 100};
using Offset = Graph<Codes<240, 240>, Inputs<0>, Outputs<1>, Apply<add, 1, &offsets, 0>>;
using TwoOffsets = Graph<Codes<240, 240, 240>, Inputs<0>, Outputs<2>, Apply<add, 1, 0, &offsets>, Apply<add, 2, &offsets, 1>>;
static_assert(Offset::workspace_bytes == 240 && TwoOffsets::workspace_bytes == 240);

template <class Net>
void reads_constants(int times) {
  static Net net;
  for (int run = 0; run < 2; ++run) {
    std::fill(net.input().begin(), net.input().end(), std::int8_t{20});
    net.run();
    expect(net.output()[0] == 20 + 5 * times && net.output()[1] == 20 - 7 * times && net.output()[3] == 20);
    expect(net.output()[2] == std::min(127, 20 + 100 * times));
  }
}

// The same operators, each with memory of its own.
template <class Net>
void separately(auto... operators) {
  static Net net;
  alignas(4) std::array<std::array<std::byte, 240>, Net::tensors> tensor{};
  nn::Random random{5};
  for (std::byte& x : tensor[0]) x = static_cast<std::byte>(random.next());
  std::memcpy(net.input().data(), tensor[0].data(), net.input().size());
  net.run();

  std::array<std::byte, 144> scratch{};
  const auto apply = [&]<const auto& Operator, std::int32_t To, auto... From>(Apply<Operator, To, From...>) {
    const std::array inputs{nn::graph::Source{tensor[From].data()}...};
    nn::graph::run<nn::Portable>(Operator, {scratch.data()}, tensor[To].data(), inputs);
  };
  (apply(operators), ...);
  const auto& expected = tensor[Net::tensors - 1];
  expect(std::memcmp(net.output().data(), expected.data(), net.output().size()) == 0);
  expect(std::count(expected.begin(), expected.begin() + 72, expected[0]) < 20);
}

}  // namespace

int main() {
  separately<Chain>(Apply<depthwise, 1, 0>{}, Apply<pointwise, 2, 1>{}, Apply<depthwise, 3, 2>{});
  separately<Residual>(Apply<pointwise, 1, 0>{}, Apply<conv, 2, 1>{}, Apply<add, 3, 1, 2>{}, Apply<pool, 4, 3>{});
  separately<Moves>(Apply<lower_half, 1, 0>{}, Apply<columns, 2, 1>{}, Apply<turned, 3, 2>{}, Apply<twice, 4, 3>{}, Apply<larger, 5, 4>{},
                    Apply<columns, 6, 5>{}, Apply<upward, 7, 6>{}, Apply<grouped, 8, 7>{});
  keeps_its_state();
  reads_constants<Offset>(1);
  reads_constants<TwoOffsets>(2);
  return expectations_failed();
}
