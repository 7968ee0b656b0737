// What a graph keeps from run to run: variables with their initial numbers, a window over a stream whose rows move up in place,
// inputs that running does not overwrite; and parts of tensors, which lie where the whole lies.
#include <algorithm>
#include <array>

#include "expect.hpp"
#include "nn/float32/float32.hpp"
#include "nn/graph/gather.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/int8.hpp"

namespace {

using nn::Apply;
using nn::Inputs;
using nn::KeptInputs;
using nn::Outputs;
using nn::Part;
using nn::Tensor;
using nn::Tensors;
using nn::Variable;
using nn::graph::Copy;
using nn::graph::Slide;

// A sum of all inputs so far, which begins at 5: the variable is added to, and its value copied out.
constexpr float five[1]{5};
constexpr nn::float32::Arithmetic add_reals{{{1, 1, 1, 1, 1}, {}, {}}, nn::float32::Combination::sum, {}};
constexpr Copy<float> copy_real{1};
using Total = nn::Graph<Tensors<Tensor<float, 1>, Variable<Tensor<float, 1>, &five>, Tensor<float, 1>>, Inputs<0>, Outputs<2>,
                        Apply<add_reals, 1, 1, 0>, Apply<copy_real, 2, 1>>;
static_assert(Total::workspace_bytes == 4 + 4, "the variable, and the input, over which the output lies");

void sums_up() {
  Total net;
  const auto step = [&net](float x) {
    net.input()[0] = x;
    net.run();
    return net.output()[0];
  };
  expect(step(1) == 6 && step(2) == 8 && step(-8) == 0);
  net.reset();
  expect(step(1) == 6);
}

// A stream of rows of two codes, four of them in the window, weighed by a depthwise convolution of four taps; the new row is an
// input of the graph, which stands in the window.
constexpr std::int8_t taps[8]{1, 1, 2, 2, 4, 4, 8, 8};
constexpr std::int32_t no_bias[2]{};
constexpr nn::int8::Scale one[1]{{1 << 30, 1}};
constexpr nn::graph::Window rows{.input = {4, 1, 2}, .output = {1, 1, 2}, .kernel = {4, 1}};
constexpr nn::int8::DepthwiseConv2d weigh{rows, 1, 0, taps, no_bias, one, 0, {}, false};
constexpr Slide<std::int8_t> slide{8, 2};
using Row = Tensor<std::int8_t, 1, 1, 1, 2>;
using Rows = Tensor<std::int8_t, 1, 4, 1, 2>;
using Stream = nn::Graph<Tensors<Variable<Rows, 3>, Part<0, 6, Row>, Row>, Inputs<1>, Outputs<2>, Apply<weigh, 2, 0>, Apply<slide, 0, 0>>;
static_assert(Stream::workspace_bytes == 8 + 2, "the window and the output: nothing is copied");

// The same, the row an output of another operator; the window's first numbers from an array.
constexpr std::int8_t beginning[6]{1, 2, 3, 4, 5, 6};
constexpr Copy<std::int8_t> copy_row{2};
using Behind = nn::Graph<Tensors<Row, Variable<Rows, &beginning>, Part<1, 6, Row>, Row>, Inputs<0>, Outputs<3>, Apply<copy_row, 2, 0>,
                         Apply<weigh, 3, 1>, Apply<slide, 1, 1>>;

void streams() {
  static Stream net;
  for (int again = 0; again < 2; ++again) {
    std::array<int, 4> last{3, 3, 3, 3};
    for (int step = 0; step < 9; ++step) {
      std::rotate(last.begin(), last.begin() + 1, last.end());
      last[3] = step - 4;
      const auto x = net.input();
      x[0] = static_cast<std::int8_t>(step - 4);
      x[1] = static_cast<std::int8_t>(4 - step);
      net.run();
      expect(net.output()[0] == last[0] + 2 * last[1] + 4 * last[2] + 8 * last[3]);
    }
    net.reset();
  }
  Behind behind;
  const auto x = behind.input();
  x[0] = 7;
  x[1] = 8;
  behind.run();
  expect(behind.output()[0] == 1 + 2 * 3 + 4 * 5 + 8 * 7 && behind.output()[1] == std::min(127, 2 + 2 * 4 + 4 * 6 + 8 * 8));
}

// The last two channels of four, of the last two rows of three: no slice is copied.
constexpr std::int8_t some_taps[4]{1, 10, 100, -1};
constexpr nn::graph::Window lower{.input = {3, 1, 4}, .output = {1, 1, 2}, .kernel = {2, 1}, .before = {-1, 0}};
constexpr nn::int8::DepthwiseConv2d of_part{lower, 1, 0, some_taps, no_bias, one, 0, {}, false, 2};
using Sliced = nn::Graph<Tensors<Tensor<std::int8_t, 1, 3, 1, 4>, Row>, Inputs<0>, Outputs<1>, Apply<of_part, 1, 0>>;

void reads_a_part() {
  Sliced net;
  std::ranges::copy(std::array<std::int8_t, 12>{9, 9, 9, 9, 9, 9, 2, 3, 9, 9, 1, 5}, net.input().begin());
  net.run();
  expect(net.output()[0] == 2 * 1 + 1 * 100 && net.output()[1] == 3 * 10 - 5);
}

// Windows that follow each other are read where they stand: 2 rows of 3 pixels, whole.
constexpr std::int8_t whole_rows[12]{1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6};
constexpr nn::graph::Window pairs{.input = {4, 3, 1}, .output = {2, 1, 2}, .kernel = {2, 3}, .stride = {2, 1}};
constexpr nn::int8::Conv2d in_place{pairs, 0, whole_rows, no_bias, one, 0, {}, false};
static_assert(in_place.scratch() == 0 && nn::int16::Conv2d{pairs, nullptr, {}}.scratch() == 0 && nn::float32::Conv2d{pairs, nullptr, nullptr, {}}.scratch() == 0);
using Pairs = nn::Graph<Tensors<Tensor<std::int8_t, 1, 4, 3, 1>, Tensor<std::int8_t, 1, 2, 1, 2>>, Inputs<0>, Outputs<1>, Apply<in_place, 1, 0>>;

void reads_in_place() {
  Pairs net;
  std::ranges::copy(std::array<std::int8_t, 12>{1, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0}, net.input().begin());
  net.run();
  expect(std::ranges::equal(net.output(), std::array{7, -7, 4, -4}));
}

// A concatenation by parts: each operator writes its own. And two inputs in one tensor.
constexpr Copy<std::int16_t> copy_two{2};
constexpr nn::int16::Rescale<std::int16_t, std::int16_t> negative{2, 0, {1 << 30, 1}, {1 << 30, 1}, {0, -100, 100}};
using Two = Tensor<std::int16_t, 2>;
using Joined = nn::Graph<Tensors<Two, Tensor<std::int16_t, 4>, Part<1, 0, Two>, Part<1, 2, Two>>, Inputs<0>, Outputs<1>, Apply<copy_two, 2, 0>,
                         Apply<negative, 3, 0>>;

void joins() {
  Joined net;
  net.input()[0] = 30;
  net.input()[1] = 3000;
  net.run();
  expect(std::ranges::equal(net.output(), std::array{30, 3000, 30, 100}));
}

// An input that is kept costs its memory, and running again gives the same.
using Fresh = nn::Graph<Tensors<Two, Two, Two>, Inputs<0>, Outputs<2>, Apply<negative, 1, 0>, Apply<negative, 2, 1>>;
using Kept = nn::Graph<Tensors<Two, Two, Two>, KeptInputs<0>, Outputs<2>, Apply<negative, 1, 0>, Apply<negative, 2, 1>>;
static_assert(Fresh::workspace_bytes == 4 && Kept::workspace_bytes == 8);
static_assert(nn::graph::kept_bytes<Fresh>() == 0 && nn::graph::kept_bytes<Kept>() == 4);

void keeps_its_input() {
  Kept net;
  net.input()[0] = -70;
  net.input()[1] = 3000;
  for (int run = 0; run < 3; ++run) {
    net.run();
    expect(std::ranges::equal(net.output(), std::array{-70, 100}) && std::ranges::equal(net.input(), std::array{-70, 3000}));
  }
}

// Rows of a table by index, the nearest one beyond its ends.
constexpr float table[6]{1, 2, 3, 4, 5, 6};
constexpr nn::graph::Gather<float> look_up{1, 3, 4, 2, false};
using Embedding = nn::Graph<Tensors<Tensor<std::int32_t, 4>, Tensor<float, 4, 2>>, Inputs<0>, Outputs<1>, Apply<look_up, 1, &table, 0>>;

void looks_up() {
  Embedding net;
  std::ranges::copy(std::array{2, 0, -1, 7}, net.input().begin());
  net.run();
  expect(std::ranges::equal(net.output(), std::array{5.0f, 6.0f, 1.0f, 2.0f, 1.0f, 2.0f, 5.0f, 6.0f}));
}

}  // namespace

int main() {
  sums_up();
  streams();
  reads_a_part();
  reads_in_place();
  joins();
  keeps_its_input();
  looks_up();
  return expectations_failed();
}
