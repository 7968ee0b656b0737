// A graph that runs by rows gives the bits of the graph itself: every operator that can, at odd sizes, with strides, dilations
// and padding, one row at once or several, its input whole or pushed.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

#include "expect.hpp"
#include "nn/float32/float32.hpp"
#include "nn/graph/by_rows.hpp"
#include "nn/graph/operators.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/int8.hpp"

namespace {

using nn::graph::Broadcast;
using nn::graph::Feed;
using nn::graph::Window;

constexpr std::uint32_t next(std::uint32_t seed) { return seed * 1664525 + 1013904223; }

template <class Number, std::size_t Count>
constexpr std::array<Number, Count> drawn(std::uint32_t seed) {
  std::array<Number, Count> all{};
  for (Number& each : all) {
    seed = next(seed);
    if constexpr (std::is_same_v<Number, float>)
      each = static_cast<float>(static_cast<std::int32_t>(seed) >> 12) / 262144;
    else
      each = static_cast<Number>(static_cast<std::int32_t>(seed) >> 24);
  }
  return all;
}
alignas(4) constexpr auto weight = drawn<std::int8_t, 512>(1);
constexpr auto bias = drawn<std::int32_t, 8>(2);
constexpr auto wide_bias = drawn<std::int64_t, 8>(2);
constexpr auto real = drawn<float, 256>(3);
constexpr nn::int8::Scale scale[1]{{1518500250, -7}};
constexpr nn::int8::Range range{3, -128, 127}, wide{0, -32768, 32767};

// The sum of two tensors of so many numbers.
constexpr Broadcast both(std::int32_t count) { return {{1, 1, 1, 1, count}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}}; }

// int8: a residual of two convolutions, one dilated; two ways of different delay; poolings.
constexpr nn::int8::Conv2d conv_0{
    Window{1, {13, 7, 3}, {13, 7, 6}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, 5, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Conv2d conv_1{
    Window{1, {13, 7, 6}, {13, 7, 6}, {3, 3}, {1, 1}, {2, 2}, {2, 2}}, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Add add_2{both(546), 1, 3, 3, {1073741824, 0}, {1200000000, -1}, {1518500250, -18}, range};
constexpr nn::int8::GroupedConv2d grouped_3{
    Window{1, {13, 7, 6}, {12, 4, 6}, {2, 3}, {1, 2}, {1, 1}, {0, 1}}, 2, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::DepthwiseConv2d depthwise_4{
    Window{1, {12, 4, 6}, {6, 4, 6}, {3, 3}, {2, 1}, {1, 1}, {1, 1}}, 1, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Conv2d conv_5{
    Window{1, {12, 4, 6}, {6, 4, 6}, {1, 1}, {2, 1}, {1, 1}, {0, 0}}, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Add add_6{both(144), 1, 3, 3, {1073741824, 0}, {1200000000, -1}, {1518500250, -18}, range};
constexpr nn::int8::MaxPool2d largest_7{Window{1, {6, 4, 6}, {6, 3, 6}, {3, 2}, {1, 1}, {1, 1}, {1, 0}}, {0, -100, 120}};
constexpr nn::int8::AveragePool2d average_8{Window{1, {6, 3, 6}, {3, 2, 6}, {2, 2}, {2, 1}, {1, 1}, {0, 0}}, {0, -128, 127}};
constexpr nn::int8::AveragePool2d global_9{Window{1, {6, 3, 6}, {1, 1, 6}, {6, 3}, {6, 3}, {1, 1}, {0, 0}}, {0, -128, 127}};
template <class... Applied>
using Int8Graph = nn::Graph<
    nn::Tensors<nn::Tensor<std::int8_t, 1, 13, 7, 3>, nn::Tensor<std::int8_t, 1, 13, 7, 6>, nn::Tensor<std::int8_t, 1, 13, 7, 6>,
                nn::Tensor<std::int8_t, 1, 13, 7, 6>, nn::Tensor<std::int8_t, 1, 12, 4, 6>, nn::Tensor<std::int8_t, 1, 6, 4, 6>,
                nn::Tensor<std::int8_t, 1, 6, 4, 6>, nn::Tensor<std::int8_t, 1, 6, 4, 6>, nn::Tensor<std::int8_t, 1, 6, 3, 6>,
                nn::Tensor<std::int8_t, 1, 3, 2, 6>, nn::Tensor<std::int8_t, 1, 1, 1, 6>>,
    nn::Inputs<0>, nn::Outputs<9, 10>, Applied...>;
using Int8 = Int8Graph<nn::Apply<conv_0, 1, 0>, nn::Apply<conv_1, 2, 1>, nn::Apply<add_2, 3, 1, 2>, nn::Apply<grouped_3, 4, 3>,
                       nn::Apply<depthwise_4, 5, 4>, nn::Apply<conv_5, 6, 4>, nn::Apply<add_6, 7, 5, 6>,
                       nn::Apply<largest_7, 8, 7>, nn::Apply<average_8, 9, 8>, nn::Apply<global_9, 10, 8>>;

// What the compiler derives: 3 rows for a convolution of 3, 5 for a dilated one, and those that wait for the other way.
using Int8ByRows = nn::ByRows<Int8, 1, Feed::rows>;
static_assert(Int8ByRows::row_operators == 10);
static_assert(Int8ByRows::plan.place[0].band == 3);
static_assert(Int8ByRows::plan.place[1].band == 5 && Int8ByRows::plan.place[1].history == 4);
static_assert(Int8ByRows::plan.place[2].band == 1 && Int8ByRows::plan.place[2].history == 0);
static_assert(Int8ByRows::plan.place[3].band == 2 && Int8ByRows::plan.place[4].band == 3);
static_assert(!Int8ByRows::plan.place[8].whole && Int8ByRows::plan.place[9].whole);
static_assert(Int8ByRows::workspace_bytes < Int8::workspace_bytes);

// Strides of 1 and nothing whole but one row: most passes repeat one. A residual, one of its convolutions dilated.
constexpr nn::int8::Conv2d steady_conv_0{
    Window{1, {20, 5, 3}, {20, 5, 4}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, 5, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Conv2d steady_conv_1{
    Window{1, {20, 5, 4}, {20, 5, 4}, {3, 3}, {1, 1}, {2, 2}, {2, 2}}, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::Add steady_add_2{both(400), 1, 3, 3, {1073741824, 0}, {1200000000, -1}, {1518500250, -18}, range};
constexpr nn::int8::DepthwiseConv2d steady_depthwise_3{
    Window{1, {20, 5, 4}, {20, 5, 4}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, 1, 3, weight.data(), bias.data(), scale, 0, range, true};
constexpr nn::int8::AveragePool2d steady_global_4{Window{1, {20, 5, 4}, {1, 1, 4}, {20, 5}, {20, 5}, {1, 1}, {0, 0}},
                                                  {0, -128, 127}};
using Steady = nn::Graph<
    nn::Tensors<nn::Tensor<std::int8_t, 1, 20, 5, 3>, nn::Tensor<std::int8_t, 1, 20, 5, 4>, nn::Tensor<std::int8_t, 1, 20, 5, 4>,
                nn::Tensor<std::int8_t, 1, 20, 5, 4>, nn::Tensor<std::int8_t, 1, 20, 5, 4>, nn::Tensor<std::int8_t, 1, 1, 1, 4>>,
    nn::Inputs<0>, nn::Outputs<5>, nn::Apply<steady_conv_0, 1, 0>, nn::Apply<steady_conv_1, 2, 1>,
    nn::Apply<steady_add_2, 3, 1, 2>, nn::Apply<steady_depthwise_3, 4, 3>, nn::Apply<steady_global_4, 5, 4>>;
static_assert(nn::ByRows<Steady, 1, Feed::rows>::repeats && nn::ByRows<Steady, 2, Feed::rows>::repeats);
static_assert(!Int8ByRows::repeats);

// int16: a residual, and a global average that takes its rows as they come.
constexpr nn::Int16Output output{wide_bias.data(), scale, 0, wide, true};
constexpr nn::int16::Conv2d wide_conv_0{Window{1, {11, 5, 2}, {11, 5, 4}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, weight.data(), output};
constexpr nn::int16::Conv2d wide_conv_1{Window{1, {11, 5, 4}, {11, 5, 4}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, weight.data(), output};
constexpr nn::int16::Add wide_add_2{both(220), 1, 0, 0, {1073741824, 0}, {1200000000, -1}, {1073741824, -13}, wide};
constexpr nn::int16::DepthwiseConv2d wide_depthwise_3{Window{1, {11, 5, 4}, {6, 3, 4}, {3, 3}, {2, 2}, {1, 1}, {1, 1}}, 1,
                                                      weight.data(), output};
constexpr nn::int16::Conv2d wide_conv_4{Window{1, {6, 3, 4}, {2, 3, 5}, {2, 1}, {3, 1}, {1, 1}, {0, 0}}, weight.data(), output};
constexpr nn::int16::AveragePool2d wide_global_5{Window{1, {6, 3, 4}, {1, 1, 4}, {6, 3}, {6, 3}, {1, 1}, {0, 0}}, wide};
using Int16 = nn::Graph<
    nn::Tensors<nn::Tensor<std::int16_t, 1, 11, 5, 2>, nn::Tensor<std::int16_t, 1, 11, 5, 4>,
                nn::Tensor<std::int16_t, 1, 11, 5, 4>, nn::Tensor<std::int16_t, 1, 11, 5, 4>,
                nn::Tensor<std::int16_t, 1, 6, 3, 4>, nn::Tensor<std::int16_t, 1, 2, 3, 5>, nn::Tensor<std::int16_t, 1, 1, 1, 4>>,
    nn::Inputs<0>, nn::Outputs<5, 6>, nn::Apply<wide_conv_0, 1, 0>, nn::Apply<wide_conv_1, 2, 1>,
    nn::Apply<wide_add_2, 3, 1, 2>, nn::Apply<wide_depthwise_3, 4, 3>, nn::Apply<wide_conv_4, 5, 4>,
    nn::Apply<wide_global_5, 6, 4>>;
static_assert(nn::ByRows<Int16, 1, Feed::rows>::row_operators == 6);

// float; constants that are the same for every row, and such that have rows of their own.
constexpr float per_channel[4]{0.5f, -1.25f, 2.0f, -0.75f};
constexpr float per_row[6]{1.5f, -0.25f, 3.0f, 0.125f, -1.0f, 0.75f};
constexpr nn::float32::Conv2d real_conv_0{
    Window{1, {11, 5, 2}, {6, 5, 4}, {5, 3}, {2, 1}, {1, 1}, {2, 1}}, real.data(), real.data(), {-3, 3}};
constexpr nn::float32::DepthwiseConv2d real_depthwise_1{
    Window{1, {6, 5, 4}, {6, 5, 4}, {3, 3}, {1, 1}, {2, 1}, {2, 1}}, 1, real.data(), real.data(), {}};
constexpr nn::float32::Prelu prelu_2{Broadcast{{1, 1, 1, 30, 4}, {0, 0, 0, 4, 1}, {0, 0, 0, 0, 1}}};
constexpr nn::float32::Pool2d average_3{
    Window{1, {6, 5, 4}, {6, 5, 4}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, nn::float32::Pooling::mean, {}};
constexpr nn::float32::Arithmetic product_4{
    Broadcast{{1, 1, 1, 6, 20}, {0, 0, 0, 20, 1}, {0, 0, 0, 1, 0}}, nn::graph::Combination::product, {}};
constexpr nn::float32::Pool2d largest_5{
    Window{1, {6, 5, 4}, {3, 2, 4}, {2, 2}, {2, 2}, {1, 1}, {0, 0}}, nn::float32::Pooling::largest, {}};
using Real = nn::Graph<nn::Tensors<nn::Tensor<float, 1, 11, 5, 2>, nn::Tensor<float, 1, 6, 5, 4>, nn::Tensor<float, 1, 6, 5, 4>,
                                   nn::Tensor<float, 1, 6, 5, 4>, nn::Tensor<float, 1, 6, 5, 4>, nn::Tensor<float, 1, 6, 5, 4>,
                                   nn::Tensor<float, 1, 3, 2, 4>>,
                       nn::Inputs<0>, nn::Outputs<6>, nn::Apply<real_conv_0, 1, 0>, nn::Apply<real_depthwise_1, 2, 1>,
                       nn::Apply<prelu_2, 3, 2, &per_channel>, nn::Apply<average_3, 4, 3>, nn::Apply<product_4, 5, 4, &per_row>,
                       nn::Apply<largest_5, 6, 5>>;

// All graphs run one after the other in the same memory.
constexpr std::size_t most = 2048;
alignas(8) std::array<std::byte, most> memory[2];

template <class Net, class Rows, std::size_t... Output>
void compare(std::index_sequence<Output...>) {
  Net& whole = *std::construct_at(reinterpret_cast<Net*>(memory[0].data()));
  Rows& by_rows = *std::construct_at(reinterpret_cast<Rows*>(memory[1].data()));
  static_assert(sizeof(Net) <= most && sizeof(Rows) <= most);
  using Input = typename Net::template InputTensor<0>;
  using Number = typename Input::Number;
  static std::array<Number, static_cast<std::size_t>(Input::count)> x;
  std::uint32_t seed = 77;
  for (int run = 0; run < 3; ++run) {
    for (Number& each : x) {
      seed = next(seed);
      each = std::is_same_v<Number, float>
                 ? static_cast<Number>(static_cast<float>(static_cast<std::int32_t>(seed) >> 12) / 262144)
                 : static_cast<Number>(static_cast<std::int32_t>(seed) >> (sizeof(Number) == 1 ? 24 : 18));
    }
    std::copy(x.begin(), x.end(), whole.input().begin());
    whole.run();
    if constexpr (Rows::pushes_rows) {
      const Number* row = x.data();
      std::size_t rows = 1;
      for (; !by_rows.push_row(std::span<const Number, Rows::row_numbers>{row, Rows::row_numbers}); ++rows)
        row += Rows::row_numbers;
      expect(rows * Rows::row_numbers == x.size());
    } else {
      std::copy(x.begin(), x.end(), by_rows.input().begin());
      by_rows.run();
    }
    const auto same = [](auto left, auto right) {
      bool varied = false;
      for (const auto& each : left) varied = varied || each != left[0];
      return varied && std::memcmp(left.data(), right.data(), left.size_bytes()) == 0;
    };
    (expect(same(whole.template output<Output>(), by_rows.template output<Output>())), ...);
  }
}

template <class Net, std::int32_t AtOnce, Feed Fed, std::size_t Outputs = 1>
void compare() {
  compare<Net, nn::ByRows<Net, AtOnce, Fed>>(std::make_index_sequence<Outputs>{});
}

// The same kernels, of another number of rows at once: on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    compare<Int8, 1, Feed::rows, 2>();
    compare<Int8, 5, Feed::rows, 2>();
    compare<Steady, 2, Feed::rows>();
    compare<Int16, 3, Feed::whole, 2>();
    compare<Real, 2, Feed::whole>();
  }
}

}  // namespace

int main() {
  compare<Int8, 2, Feed::whole, 2>();
  compare<Steady, 1, Feed::rows>();
  compare<Int16, 1, Feed::rows, 2>();
  compare<Real, 1, Feed::rows>();
  others<BRIEF>();
  return expectations_failed();
}
