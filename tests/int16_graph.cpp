// A graph of operators on codes of 16 bits: its memory plan, whose distances are bytes, and that running in it gives what running
// each operator in memory of its own gives.
#include <algorithm>
#include <array>
#include <cstring>

#include "expect.hpp"
#include "nn/graph/run.hpp"
#include "nn/int16/int16.hpp"
#include "nn/random.hpp"

namespace {

using nn::Apply;
using nn::Inputs;
using nn::Outputs;
using nn::graph::Window;
using nn::int8::Range;
using nn::int8::Scale;

using Image = nn::Tensor<std::int16_t, 240>;

std::array<std::int8_t, 72 * 9> weights = [] {
  std::array<std::int8_t, 72 * 9> all{};
  nn::Random random{3};
  for (std::int8_t& w : all) w = static_cast<std::int8_t>(random.next());
  return all;
}();
constexpr std::int64_t biases[8]{1, -2, 3, -4, 5, -6, 7, -8};
constexpr Scale scales[1]{{1 << 30, -8}};
constexpr Range whole{0, -32768, 32767};
constexpr nn::Int16Output output{biases, scales, 0, whole, true};

constexpr Window same{
    .batch = 1, .input = {6, 5, 8}, .output = {6, 5, 8}, .kernel = {3, 3}, .stride = {}, .dilation = {}, .before = {1, 1}};
constexpr Window point{
    .batch = 1, .input = {6, 5, 8}, .output = {6, 5, 8}, .kernel = {}, .stride = {}, .dilation = {}, .before = {0, 0}};
constexpr Window halves{
    .batch = 1, .input = {6, 5, 8}, .output = {3, 3, 8}, .kernel = {2, 2}, .stride = {2, 2}, .dilation = {}, .before = {0, 0}};
constexpr Window mean_of_all{
    .batch = 1, .input = {3, 3, 8}, .output = {1, 1, 8}, .kernel = {3, 3}, .stride = {}, .dilation = {}, .before = {0, 0}};

constexpr nn::int16::Rescale<std::int16_t, std::int8_t> widen{240, -3, {1 << 30, 8}, {1 << 30, 8}, whole};
constexpr nn::int16::DepthwiseConv2d depthwise{same, 1, weights.data(), output};
constexpr nn::int16::Conv2d conv{same, weights.data(), output};
constexpr nn::int16::Conv2d pointwise{point, weights.data(), output};
constexpr nn::int16::Add add{
    {{1, 1, 1, 1, 240}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}}, 1, 0, 0, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -13}, whole};
constexpr nn::int16::AveragePool2d pool{halves, whole};
constexpr nn::int16::Mean mean{mean_of_all, 0, {1 << 30, -2}, whole};
constexpr nn::int16::FullyConnected dense{1, 8, 7, weights.data(), output};
constexpr nn::int16::Rescale<std::int8_t, std::int16_t> narrow{7, 0, {1 << 30, -2}, {1 << 30, -3}, {5, -128, 127}};

constexpr nn::int16::Rescale<std::int8_t, std::int16_t> shrink{240, 0, {1 << 30, -7}, {1 << 30, -7}, {5, -128, 127}};

// Twice what the layers of int8 need: tests/int8_plan.cpp.
static_assert(depthwise.overlap(0).below == 2 * (40 + 8 + 8));
static_assert(depthwise.scratch() == 2 * 72);
static_assert(pool.overlap(0).below == 2 * 8);
static_assert(add.overlap(0).below == 0);
static_assert(narrow.overlap(0).below == 0);
static_assert(widen.overlap(0).below == nn::graph::apart, "two bytes do not go where one was");

// Tensors 1 to 6 have codes of 16 bits, the first and the last of 8.
using Net = nn::Graph<nn::Tensors<nn::Tensor<std::int8_t, 240>, Image, Image, Image, Image, nn::Tensor<std::int16_t, 72>,
                                  nn::Tensor<std::int16_t, 8>, nn::Tensor<std::int16_t, 7>, nn::Tensor<std::int8_t, 7>>,
                      Inputs<0>, Outputs<8>, Apply<widen, 1, 0>, Apply<depthwise, 2, 1>, Apply<conv, 3, 2>, Apply<add, 4, 2, 3>,
                      Apply<pool, 5, 4>, Apply<mean, 6, 5>, Apply<dense, 7, 6>, Apply<narrow, 8, 7>>;
static_assert(std::ranges::all_of(Net::plan.block, [](const nn::graph::Block& block) { return block.offset % 2 == 0; }));
static_assert(Net::workspace_bytes == 480 + 480 + 144, "two images and the window of one pixel");

// Forward and backward in turns: the output over the input, a window and a pixel apart, and the scratch of a padded window.
using Chain = nn::Graph<nn::Tensors<nn::Tensor<std::int8_t, 240>, Image, Image, Image, Image, nn::Tensor<std::int8_t, 240>>,
                        Inputs<0>, Outputs<5>, Apply<widen, 1, 0>, Apply<depthwise, 2, 1>, Apply<pointwise, 3, 2>,
                        Apply<conv, 4, 3>, Apply<shrink, 5, 4>>;
static_assert(Chain::workspace_bytes == 480 + 112 + 144);

template <class Net, class... All>
void separately(Net& net, All... operators) {
  alignas(4) std::array<std::array<std::byte, 480>, Net::tensors> tensor{};
  nn::Random random{5};
  for (std::size_t i = 0; i < 240; ++i) tensor[0][i] = static_cast<std::byte>(random.next());
  std::memcpy(net.input().data(), tensor[0].data(), 240);
  net.run();

  alignas(4) std::array<std::byte, 144> scratch{};
  const auto apply = [&]<const auto& Operator, std::int32_t To, auto... From>(Apply<Operator, To, From...>) {
    const std::array inputs{nn::graph::Source{tensor[From].data()}...};
    nn::graph::run<nn::Portable>(Operator, {scratch.data()}, tensor[To].data(), inputs);
  };
  (apply(operators), ...);
  const auto found = net.output();
  expect(std::memcmp(found.data(), tensor[Net::tensors - 1].data(), found.size()) == 0);
  expect(std::count(found.begin(), found.end(), found[0]) < static_cast<std::ptrdiff_t>(found.size() / 2));
}

// A network of 16 bits throughout shows its codes. 2 · 1000 - 3 · 10 + 7, times 1/2.
constexpr std::int8_t two_weights[2]{2, -3};
constexpr std::int64_t seven[1]{7};
constexpr Scale half[1]{{1 << 30, 0}};
constexpr nn::int16::FullyConnected affine{1, 2, 1, two_weights, {seven, half, 1, whole, true}};
using Affine =
    nn::Graph<nn::Tensors<nn::Tensor<std::int16_t, 2>, nn::Tensor<std::int16_t, 1>>, Inputs<0>, Outputs<1>, Apply<affine, 1, 0>>;

}  // namespace

int main() {
  static Net net;
  separately(net, Apply<widen, 1, 0>{}, Apply<depthwise, 2, 1>{}, Apply<conv, 3, 2>{}, Apply<add, 4, 2, 3>{}, Apply<pool, 5, 4>{},
             Apply<mean, 6, 5>{}, Apply<dense, 7, 6>{}, Apply<narrow, 8, 7>{});
  static Chain chain;
  separately(chain, Apply<widen, 1, 0>{}, Apply<depthwise, 2, 1>{}, Apply<pointwise, 3, 2>{}, Apply<conv, 4, 3>{},
             Apply<shrink, 5, 4>{});
  Affine small;
  const auto x = small.input();
  x[0] = 1000;
  x[1] = 10;
  small.run();
  expect(small.output()[0] == 989);  // 988.5
  return expectations_failed();
}
