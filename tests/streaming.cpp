// Streaming gives, to the last bit, what the network gives for every window: each layer with an axis of time, strides, dilations
// and padding; and behind recurrent layers what a network gives whose window is as long as the stream.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

constexpr std::size_t longest = 41;  // frames

template <class Net>
inline typename Net::Parameters parameters{};
template <class Net>
void draw_parameters() {
  Random random{5};
  initialize<Net>(parameters<Net>, Glorot{}, random);
  const auto draw = [&](auto& row) {  // biases
    for (auto& w : row)
      if (w == std::remove_reference_t<decltype(w)>{}) w = number<std::remove_reference_t<decltype(w)>>(random.uniform() - 0.4f);
  };
  for_each_row(draw, parameters<Net>);
}

template <class Number, std::size_t Count>
inline std::array<Number, Count> stream_of = [] {
  Random random{6};
  std::array<Number, Count> x{};
  for (auto& value : x) value = number<Number>(2 * random.uniform() - 1);
  return x;
}();

template <class Net, std::size_t Hop>
void check() {
  using Stream = Streaming<Net, Hop>;
  using Number = typename Net::InputNumber;
  constexpr std::size_t each = Stream::inputs / Hop;
  const auto& x = stream_of<Number, longest * each>;
  draw_parameters<Net>();
  static Stream stream{at_run_time(parameters<Net>)};
  static Inference<Net> network{at_run_time(parameters<Net>)};
  std::uint32_t windows = 0;
  for (int round = 0; round < 2; ++round) {
    for (std::size_t t = Hop; t <= longest; t += Hop) {
      const auto y = stream(std::span<const Number, Stream::inputs>{x.data() + (t - Hop) * each, Stream::inputs});
      expect(stream.full() == (t >= Stream::window));
      if (!stream.full()) continue;
      const auto expected = network(std::span<const Number, Net::inputs>{x.data() + (t - Stream::window) * each, Net::inputs});
      bool same = true;
      for (std::size_t i = 0; i < y.size(); ++i) same = same && y[i] == expected[i];
      expect(same);
      ++windows;
    }
    stream.reset();
  }
  expect(windows >= 6);
}

// Net<steps> is the network over so many frames.
template <template <std::size_t> class Net, std::size_t Steps, std::size_t Hop>
void check_carried() {
  using Stream = Streaming<Net<Steps>, Hop>;
  using Number = typename Net<Steps>::InputNumber;
  constexpr std::size_t each = Stream::inputs / Hop, early = (Hop - Steps % Hop) % Hop;  // frames before the first window
  constexpr std::size_t steps = (longest - early - Steps) / Hop * Hop + Steps;
  const auto& x = stream_of<Number, longest * each>;
  draw_parameters<Net<Steps>>();
  for_each_row([](auto& to, const auto& from) { to = from; }, parameters<Net<steps>>, parameters<Net<Steps>>);
  static Stream stream{at_run_time(parameters<Net<Steps>>)};
  static Inference<Net<Steps>> first{at_run_time(parameters<Net<Steps>>)};
  static Inference<Net<steps>> all{at_run_time(parameters<Net<steps>>)};
  const auto compare = [&](const auto& y, auto& network, auto frames) {
    const auto expected = network(std::span<const Number, frames.value * each>{x.data() + early * each, frames.value * each});
    bool same = true;
    for (std::size_t i = 0; i < y.size(); ++i) same = same && y[i] == expected[i];
    expect(same);
  };
  for (int round = 0; round < 2; ++round) {
    bool began = false;
    for (std::size_t t = Hop; t <= early + steps; t += Hop) {
      const auto y = stream(std::span<const Number, Stream::inputs>{x.data() + (t - Hop) * each, Stream::inputs});
      if (stream.full() && !began) compare(y, first, std::integral_constant<std::size_t, Steps>{});
      began = stream.full();
      if (t == early + steps) compare(y, all, std::integral_constant<std::size_t, steps>{});
    }
    stream.reset();
  }
}

template <class A>
using Plain =
    Network<A, Input<12, 3>, Conv1d<4, 3>, Relu, BatchNorm<>, Conv1d<5, 3, Dilation<2>>, Tanh, GlobalAvgPool, Dense<3>, Softmax>;
template <class A>
using Strided = Network<A, Input<17, 2>, Conv1d<4, 3, Stride<1, 2>>, LayerNorm, MaxPool2d<1, 2>, Flatten, Relu, Dense<3>>;
template <class A>
using AtEdges =
    Network<A, Input<15, 2>, Conv1d<3, 3, Same>, Relu, Conv1d<3, 5, Same>, AvgPool2d<1, 3, Stride<1>, Same>, Dense<3>>;
template <class A>
using Early = Network<A, Input<16, 2>, Conv1d<3, 3, Causal>, Relu, Conv1d<3, 2, Causal, Dilation<3>>, GlobalAvgPool>;
// A keyword model in small: rows of an image, padded at every edge.
template <class A>
using Rows = Network<A, Input<21, 5, 1>, Conv2d<3, 5, 3, Same, Stride<2>>, Relu, DepthwiseConv2d<1, 3, 3, Same>, BatchNorm<>,
                     Relu, Conv2d<3, 1, 1>, AvgPool2d<2, 1, Stride<1>>, GlobalAvgPool, Dense<3>>;
// Branches that see different edges, and a residual that must wait for its body.
template <class A>
using Joined = Network<A, Input<18, 2>, Conv1d<3, 2>,
                       Concat<Branch<Conv1d<2, 3, Same>>, Branch<Conv1d<2, 5, Same>, Relu, Conv1d<2, 3, Same>>, Branch<>>,
                       Residual<Conv1d<7, 3, Causal>, Tanh>, Conv1d<2, 3>, Dropout<10>>;
template <class A>
using Symbols =
    Network<A, Input<10>, Embedding<2, 3>, Conv1d<4, 2>, Reshape<9, 2, 2>, MaxPool2d<3, 2, Stride<1>, Same>, Dense<2>>;
template <class A>
using Zeros = Network<A, Input<12, 3, 1>, Pad<2, 1, 0, 1>, Conv2d<3, 3, 2>, Dense<3>>;
// Branches that each make one vector of the window.
template <class A>
using Summed = Network<A, Input<11, 2>,
                       Concat<Branch<Conv1d<3, 3>, Relu, GlobalAvgPool>, Branch<MaxPool2d<1, 2, Stride<1>>, Flatten, Dense<2>>,
                              Branch<Conv1d<2, 3, Same>, GlobalAvgPool>>,
                       Dense<3>>;
using Samples = Network<float, Input<14>, Tanh, Dense<3>>;                          // a number at a time
using Short = Network<float, Input<6, 2>, Conv1d<2, 5, Same>, Conv1d<2, 5, Same>>;  // nothing but edges
using Mixed = Network<Fixed16, Input<12, 3>, With<FixedPoint<Format{.weight = 13, .activation = 12}>, Conv1d<4, 3>>, Relu,
                      Conv1d<5, 3>, GlobalAvgPool>;

template <std::size_t Steps>
using Gated = Network<float, Input<Steps, 2>, Conv1d<3, 3, Causal>, Relu, Conv1d<3, 2, Causal, Dilation<2>>, Gru<4>,
                      Lstm<3, LastStep>, Dense<3>, Softmax>;
template <std::size_t Steps>
using Deep = Network<Fixed16, Input<Steps, 2, 1>, Conv2d<4, 4, 2, Stride<2, 1>>, Residual<Conv2d<4, 1, 1>>, Rnn<5>,
                     Residual<Gru<5, ResetBefore>, Tanh>, Gru<4, LastStep>>;
// Branches that end in the state of a recurrent layer carry it on as one does that stands alone.
template <std::size_t Steps>
using Ends = Network<float, Input<Steps, 2>, Conv1d<3, 3>,
                     Concat<Branch<Gru<3, LastStep>>, Branch<Tanh, Conv1d<2, 2>, Lstm<2, LastStep>>>, Dense<3>>;

// What is computed and kept.
using Cost = decltype(streaming_cost<Streaming<Plain<float>>>);
constexpr auto plain = streaming_cost<Streaming<Plain<float>>>;
static_assert(plain.macs == 36 + 4 + 60 + 15 && plain.edge_macs == 0 && plain.window_macs == 360 + 40 + 360 + 15);
static_assert(plain.state_bytes == sizeof(float) * (3 * 3 + 5 * 4 + 6 * 5));
constexpr auto padded = streaming_cost<Streaming<AtEdges<float>>>;
static_assert(padded.layers[0].fresh == 3 && padded.layers[0].edges == 2 && padded.layers[2].fresh == 7 &&
              padded.layers[2].edges == 6);
constexpr auto deep = streaming_cost<Streaming<Deep<8>, 2>>;
static_assert(deep.layers[3].state_bytes == sizeof(Deep<8>::OutputNumber) * 5 && deep.layers[3].macs == 150);
constexpr auto ends = streaming_cost<Streaming<Ends<8>>>;
static_assert(ends.layers[1].fresh == 1 && ends.layers[1].macs == 3 * 3 * (3 + 3) + 2 * 2 * 3 + 4 * 2 * (2 + 2));
static_assert(ends.layers[1].state_bytes == sizeof(float) * (2 * 3 + 3 + 2 * 2));
static_assert(streaming_cost<Streaming<Summed<float>>>.layers[0].macs <
              streaming_cost<Streaming<Summed<float>>>.layers[0].window_macs / 2);
// In fixed point a mean over time keeps its sums.
static_assert(streaming_cost<Streaming<Plain<Fixed16>>>.layers[5].state_bytes == 2 * 6 * 5 + 8 * 5);

// The same code on every core: on this machine.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    check<Strided<float>, 4>();
    check<AtEdges<Fixed16>, 2>();
    check<Joined<Fixed16>, 2>();
    check<Symbols<float>, 1>();
    check<Zeros<float>, 1>();
    check<Samples, 1>();
    check<Short, 1>();
    check<Mixed, 1>();
    check_carried<Ends, 9, 3>();
  }
}

}  // namespace

int main() {
  check<Plain<Fixed16>, 3>();
  check<Early<float>, 1>();
  check<Rows<Fixed16>, 2>();
  check<Summed<Fixed16>, 2>();
  check_carried<Gated, 11, 2>();
  check_carried<Deep, 9, 4>();
  others<BRIEF>();
  return expectations_failed();
}
