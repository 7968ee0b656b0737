// Recurrent layers: the formulas by hand, the order of gates, where parameters start, state that is carried over, and what it
// costs.
#include <array>
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

// h = relu(2·x + 3·h + 1): 3, then 4 + 9 + 1.
using Line = Network<float, Input<2, 1>, Rnn<1, Relu>>;
static_assert(Line::forward({{{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}}}, {1, 2}) == Line::Output{3, 14});
using LastOfLine = Network<float, Input<2, 1, 1>, Rnn<1, Relu, LastStep>>;
static_assert(LastOfLine::forward({{{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}}}, {1, 2}) == LastOfLine::Output{14});
// The second half goes from the last step to the first: 2·2 + 1 = 5, then 2 + 15 + 1.
using Both = Network<float, Input<2, 1>, Bidirectional<Rnn<1, Relu>>>;
static_assert(Both::forward({{{{{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}},
                               {{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}}}}},
                            {1, 2}) == Both::Output{3, 18, 14, 5});
using BothEnds = Network<float, Input<2, 1>, Bidirectional<Rnn<1, Relu, LastStep>>>;
static_assert(BothEnds::forward({{{{{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}},
                                   {{.weight = {{{2}}}, .recurrent = {{{3}}}, .bias = {1}}}}}},
                                {1, 2}) == BothEnds::Output{14, 18});

// Gates held open or shut by a bias far from 0. With z shut, h is the candidate; with r shut, that does not see h.
constexpr float shut = -200;
constexpr float open = 40;
using Gates = Network<float, Input<2, 1>, Gru<1>>;
constexpr auto gru(float r, float z) {
  return Gates::forward(
      {{{.weight = {{{0}, {0}, {1}}}, .recurrent = {{{0}, {0}, {5}}}, .bias = {r, z, 0}, .recurrent_bias = {0.25f}}}},
      {0.5f, 0.5f});
}
static_assert(gru(shut, shut)[1] == gru(shut, shut)[0]);
static_assert(gru(open, shut)[1] > gru(shut, shut)[1]);
static_assert(gru(shut, open) == Gates::Output{});
// The recurrent bias is behind the reset gate: tanh(0.5 + 0.25), or tanh(0.5).
static_assert(gru(open, shut)[0] == Elementary<float>::tanh(0.75f));
static_assert(gru(shut, shut)[0] == Elementary<float>::tanh(0.5f));

using Cells = Network<float, Input<2, 1>, Lstm<1>>;
constexpr auto lstm(float i, float f, float g, float o) {
  return Cells::forward({{{.weight = {}, .recurrent = {}, .bias = {i, f, g, o}}}}, {0, 0});
}
static_assert(lstm(shut, open, open, open) == Cells::Output{});
static_assert(lstm(open, open, open, open)[1] == Elementary<float>::tanh(2));
static_assert(lstm(open, shut, open, open)[1] == Elementary<float>::tanh(1));
static_assert(lstm(open, open, -open, open)[1] == Elementary<float>::tanh(-2));
static_assert(lstm(open, open, open, shut)[1] < 1e-6f);

// To infer, the last step of 100 takes no more than that of one, and a Trainer is what the summary says it is.
template <std::size_t Steps, class... Options>
using Steady = Network<float, Input<Steps, 6>, Gru<8, Options...>, Dense<3>, Softmax>;
static_assert(sizeof(Inference<Steady<100, LastStep>>) == sizeof(Inference<Steady<1, LastStep>>));
static_assert(cost<Steady<100, LastStep>>.scratch_bytes == cost<Steady<1, LastStep>>.scratch_bytes);
static_assert(cost<Steady<100>>.macs == 100 * 3 * 8 * (6 + 8) + 100 * 8 * 3);
template <class Net>
// settings, a generator, alignment
constexpr bool whole_cost = sizeof(Trainer<Net, CrossEntropy>) - cost<Net>.training_bytes <= 12 + 16 + 8;
static_assert(whole_cost<Steady<100, LastStep>>);
static_assert(whole_cost<Steady<20>>);

// Fingerprints tell apart what shapes do not show.
static_assert(Network<float, Input<3, 2>, Gru<2, LastStep>>::fingerprint !=
              Network<float, Input<3, 2>, Rnn<2, LastStep>>::fingerprint);
static_assert(Network<float, Input<3, 2>, Gru<2>>::fingerprint != Network<float, Input<3, 2>, Gru<2, ResetBefore>>::fingerprint);
static_assert(Network<float, Input<3, 2>, Rnn<2>>::fingerprint != Network<float, Input<3, 2>, Rnn<2, Relu>>::fingerprint);

template <class Number>
void check_orthogonal(float bound) {
  using Net = Network<Number, Input<3, 2>, Lstm<7, Orthogonal, UnitForgetBias>>;
  typename Net::Parameters p{};
  Random random{1};
  initialize<Net>(p, Glorot{}, random);
  const auto& layer = get<0>(p);
  const auto& U = layer.recurrent;
  for (std::size_t gate = 0; gate < 4; ++gate)
    for (std::size_t a = 0; a < 7; ++a)
      for (std::size_t b = 0; b < 7; ++b) {
        float product = 0;
        for (std::size_t i = 0; i < 7; ++i)
          product += static_cast<float>(U[gate * 7 + a][i]) * static_cast<float>(U[gate * 7 + b][i]);
        const float error = product - (a == b ? 1.0f : 0.0f);
        expect(error <= bound && error >= -bound);
      }
  for (std::size_t o = 0; o < 28; ++o) expect(static_cast<float>(layer.bias[o]) == (o / 7 == 1 ? 1.0f : 0.0f));
}

template <std::size_t Steps, class... Options>
using Chain = Network<float, Input<Steps, 2>, Gru<3, Options...>, Lstm<3, LastStep, Options...>, Dense<2>, Softmax>;
template <std::size_t Steps>
using Piece = Chain<Steps, Truncated<Steps>>;
template <class Net>
using Learner = Trainer<Net, CrossEntropy>;

constexpr auto frames = [] {
  Random random{8};
  std::array<float, 24> x{};
  for (float& value : x) value = 2 * random.uniform() - 1;
  return x;
}();
template <std::size_t Steps>
std::span<const float, 2 * Steps> piece(std::size_t first) {
  return std::span<const float, 2 * Steps>{frames.data() + 2 * first, 2 * Steps};
}

void check_carrying() {
  Random random{2};
  Chain<8>::Parameters p{};
  initialize<Chain<8>>(p, Glorot{}, random);
  const auto as = [&]<class Net>(std::type_identity<Net>) {
    typename Net::Parameters same{};
    for_each_row([](auto& to, const auto& from) { to = from; }, same, p);
    return same;
  };
  const auto start = as(std::type_identity<Piece<4>>{});

  // The second piece of four goes on where the first ended, so that its loss is that of all eight steps.
  Learner<Piece<4>> pieces{{.rate = 0}, start};
  Learner<Chain<8>> whole{{.rate = 0}, p};
  const float alone = pieces.step(piece<4>(4), 1);
  pieces.begin_stream();
  pieces.step(piece<4>(0), 1);
  const float second = pieces.step(piece<4>(4), 1);
  expect(second == whole.step(piece<8>(0), 1));
  expect(second != alone);

  // What is evaluated begins at 0 and carries nothing.
  Learner<Piece<4>> looking{{.rate = 0}, start};
  looking.step(piece<4>(0), 1);
  const std::array<Learner<Piece<4>>::Sample, 1> sample{{{piece<4>(4), 1}}};
  expect(looking.evaluate(sample).loss == alone);
  expect(looking.step(piece<4>(4), 1) == second);

  // A layer that is frozen carries on.
  Learner<Piece<4>> frozen{{.rate = 0}, start};
  frozen.freeze(2);
  frozen.step(piece<4>(0), 1);
  expect(frozen.step(piece<4>(4), 1) == second);
}

// Gradients stop where a piece begins: those of eight steps, truncated to four, are those of the second four, which begin with
// the state after the first; without, they are others.
void check_truncation() {
  using Eight = Network<float, Input<8, 2>, Lstm<3, LastStep>, Dense<2>, Softmax>;
  using Truncating = Network<float, Input<8, 2>, Lstm<3, LastStep, Truncated<4>>, Dense<2>, Softmax>;
  using Four = Network<float, Input<4, 2>, Lstm<3, LastStep, Truncated<4>>, Dense<2>, Softmax>;
  Learner<Eight> eight{{.rate = 1}, 4};
  Learner<Truncating> truncating{{.rate = 1}, 4};
  Learner<Four> four{{.rate = 0}, 4};
  four.step(piece<4>(0), 1);
  four.optimizer.rate = 1;
  four.step(piece<4>(4), 1);
  eight.step(piece<8>(0), 1);
  truncating.step(piece<8>(0), 1);
  const auto apart = [&](const auto& other) {
    float most = 0;
    for_each_row(
        [&](const auto& a, const auto& b) {
          for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]);
        },
        four.parameters, other.parameters);
    return most;
  };
  expect(apart(truncating) < 1e-6f);
  expect(apart(eight) > 1e-3f);
}

// Where no stream is said to go on, a sample begins at 0 whatever came before it.
template <class Layer>
void check_beginning() {
  using Net = Network<float, Input<4, 2>, Layer, Dense<2>, Softmax>;
  Learner<Net> after_another{{.rate = 0}, 5}, first{{.rate = 0}, 5};
  after_another.step(piece<4>(0), 1);
  for (float rate : {0.0f, 1.0f}) {
    after_another.optimizer.rate = first.optimizer.rate = rate;
    expect(after_another.step(piece<4>(4), 1) == first.step(piece<4>(4), 1));
  }
  expect(checksum(after_another.parameters) == checksum(first.parameters));
}

// A sample that is refused once its loss is known leaves the state as it was.
void check_refusal() {
  using Net = Network<float, Input<2, 1>, Rnn<2, Relu, LastStep, Truncated<2>>, Dense<2>, Softmax>;
  Learner<Net> with{{.rate = 0.1f}, 3}, without{{.rate = 0.1f}, 3};
  get<0>(with.parameters).weight[0][0] = get<0>(without.parameters).weight[0][0] = 1.5f;
  const std::array good{0.5f, 1.0f}, bad{3e38f, 3e38f};
  with.step(good, 1);
  without.step(good, 1);
  with.step(bad, 1);
  expect(with.refused() == 1);
  expect(with.step(good, 0) == without.step(good, 0));
  expect(checksum(with.parameters) == checksum(without.parameters));
}

}  // namespace

int main() {
  check_orthogonal<float>(1e-6f);
  check_orthogonal<Fixed16>(0x1p-10f);
  check_beginning<Rnn<3>>();
  check_beginning<Gru<3, LastStep>>();
  check_beginning<Lstm<3, LastStep>>();
  check_beginning<Bidirectional<Gru<3, LastStep>>>();
  check_carrying();
  check_truncation();
  check_refusal();
  return expectations_failed();
}
