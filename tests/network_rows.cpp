// A network that runs by rows gives the bits of the network itself: each layer that can, at odd sizes, with strides, dilations
// and padding, branches of other delays; its input whole or pushed row by row, one image after the other.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

template <class Number>
std::uint32_t word_of(Number x) {
  if constexpr (std::is_same_v<Number, float>)
    return Bits<float>::of(x);
  else
    return static_cast<std::uint32_t>(x.raw);
}

std::uint32_t all_bits = 0;

template <class Net>
[[gnu::noinline]] void check() {
  Random random{5};
  typename Net::Parameters parameters{};
  initialize<Net>(parameters, Glorot{}, random);
  for_each_row([&](auto& row) {
    for (auto& w : row)
      if (w == std::remove_reference_t<decltype(w)>{}) w = number<std::remove_reference_t<decltype(w)>>(random.uniform() - 0.4f);
  }, parameters);
  using Pushed = ByRows<Net, 1, Feed::rows>;
  Inference<Net> network{parameters};
  ByRows<Net> rows{parameters};
  Pushed pushed{parameters};
  typename Net::Input x{};
  for (int image = 0; image < 2; ++image) {
    for (auto& value : x) value = number<typename Net::InputNumber>(2 * random.uniform() - 1);
    const auto expected = network(x);
    const auto y = rows(x);
    if (image == 1) {
      pushed.reset();
      expect(!pushed.push_row(std::span{x}.template first<Pushed::row_numbers>()));  // of an image that is given up
      pushed.reset();
    }
    bool last = false;
    for (std::size_t row = 0; row < Pushed::rows; ++row) {
      expect(!last);
      last = pushed.push_row(std::span<const typename Net::InputNumber, Pushed::row_numbers>{x.data() + row * Pushed::row_numbers,
                                                                                            Pushed::row_numbers});
    }
    expect(last);
    bool same = true;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      same = same && expected[i] == y[i] && expected[i] == pushed.output()[i];
      all_bits = all_bits * 16777619u ^ word_of(y[i]);
    }
    expect(same);
  }
}

template <class A>
using Plain = Network<A, Input<13, 7, 2>, Conv2d<4, 3, 3>, MaxPool2d<2, 2>, Relu, Conv2d<5, 2, 2>, BatchNorm<>, Tanh, Flatten,
                      Dense<3>, Softmax>;
template <class A>
using AtEdges = Network<A, Input<11, 5, 1>, Conv2d<4, 3, 3, Same, Stride<2>>, Relu, DepthwiseConv2d<2, 3, 3, Same>,
                        Conv2d<3, 3, 3, Same, Dilation<2>>, AvgPool2d<3, 3, Same, Stride<1>>, MaxPool2d<3, 2, Same, Stride<2, 1>>,
                        Conv2d<3, 1, 1>, GlobalAvgPool, Dense<2>>;
// A residual waits for its body, a projection and branches for others that need more rows.
template <class A>
using Joined =
    Network<A, Input<12, 4, 2>, Residual<Conv2d<2, 3, 3, Same>, Relu, Conv2d<2, 5, 3, Same>>,
            Concat<Branch<Conv2d<2, 1, 1>>, Branch<Conv2d<2, 5, 3, Same>, Relu, MaxPool2d<3, 3, Same, Stride<1>>>, Branch<>>,
            Residual<Projection<Conv2d<3, 1, 1, Stride<2>>>, Conv2d<3, 3, 3, Same, Stride<2>>,
                     Residual<DepthwiseConv2d<1, 3, 3, Same>>, Relu>,
            LayerNorm, Dropout<10>>;
// More rows of zeros than a window takes, above and below; a window as wide as its input; rows that nobody reads.
template <class A>
using Zeros = Network<A, Input<9, 3, 1>, Pad<4, 3, 1, 0>, Relu, Conv2d<3, 2, 4>, Conv2d<2, 2, 1, ZeroPadding<2, 1, 0>>,
                      MaxPool2d<1, 1, Stride<4, 1>>, Flatten, Dense<2>>;
template <class A>
using Carried = Network<A, Input<9, 4, 1>, Conv2d<3, 2, 4>, Gru<4>, Residual<Rnn<4>>, Lstm<3, LastStep>, Dense<2>>;
using Mixed = Network<Fixed16, Input<9, 3, 2>, With<FixedPoint<Format{.weight = 13, .activation = 12}>, Conv2d<4, 3, 2>>, Relu,
                      Sigmoid, With<FixedPoint<Format{.weight = 13, .activation = 8}>, Relu6>, Conv2d<3, 3, 1>>;
// ends at the residual
using Whole = Network<float, Input<8, 3, 1>, Conv2d<2, 3, 3, Same>, Residual<Conv2d<2, 3, 3, Same>, Softmax>, Flatten, Relu>;

// What the compiler derives: how far the rows go, and how many are held.
template <class Net>
using Camera = ByRows<Net, 1, Feed::rows>;
constexpr auto plain = rows_cost<Camera<Plain<float>>>;
static_assert(plain.layers[5].by_rows && !plain.layers[7].by_rows);
static_assert(plain.input_bytes == 3 * 14 * sizeof(float) && plain.layers[0].held == 2 && plain.layers[1].held == 2 &&
              plain.layers[1].bytes == 0 && plain.layers[2].held == 2 && plain.layers[3].bytes == 0);
constexpr auto at_edges = rows_cost<Camera<AtEdges<float>>>;
static_assert(at_edges.layers[2].held == 5 && at_edges.layers[6].held == 1 && at_edges.layers[7].by_rows &&
              at_edges.layers[7].bytes == 2 * 3 * sizeof(float));
constexpr auto joined = rows_cost<Camera<Joined<float>>>;
static_assert(joined.input_bytes == 4 * 8 * sizeof(float) && joined.layers[4].by_rows);
static_assert(rows_cost<Camera<Carried<float>>>.layers[3].by_rows && !rows_cost<Camera<Whole>>.layers[1].by_rows);

// The same code on every core: on this machine.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    check<Plain<Fixed16>>();
    check<Plain<float>>();
    check<Joined<Fixed16>>();
    check<Mixed>();
    check<Whole>();
    expect_equal(all_bits, 0x9224af66u);
  }
}

}  // namespace

int main() {
  check<AtEdges<Fixed16>>();
  check<Zeros<float>>();
  check<Carried<Fixed16>>();
  expect_equal(all_bits, 0x8b6d5343u);
  others<BRIEF>();
  return expectations_failed();
}
