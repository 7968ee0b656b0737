// A network with its BatchNorms folded gives what it gave with them, but for rounding.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

template <class A>
using Net = Network<A, Input<6, 5, 2>, Conv2d<3, 2, 3>, BatchNorm<2>, Relu, DepthwiseConv2d<2, 3, 1>, BatchNorm<2>, Relu, Flatten,
                    Dense<4>, BatchNorm<2>, Softmax>;
using Without = Network<float, Input<6, 5, 2>, Conv2d<3, 2, 3>, Relu, DepthwiseConv2d<2, 3, 1>, Relu, Flatten, Dense<4>, Softmax>;
static_assert(std::is_same_v<Folded<Net<float>>, Without>);

// Inside branches, too, whatever these are in.
template <class A>
using Branched = Network<
    A, Input<7, 2>, Conv1d<3, 3, Same>, BatchNorm<2>, Residual<Conv1d<3, 3, Same>, BatchNorm<2>, Relu>,
    Residual<Projection<Conv1d<4, 1>, BatchNorm<2>>, Residual<DepthwiseConv2d<1, 1, 3, Same>, BatchNorm<2>>, Conv1d<4, 1>>,
    Concat<Branch<>, Branch<Conv1d<2, 1>, BatchNorm<2>, Tanh>>, Flatten, Dense<4>, Softmax>;
using Unbranched = Network<float, Input<7, 2>, Conv1d<3, 3, Same>, Residual<Conv1d<3, 3, Same>, Relu>,
                           Residual<Projection<Conv1d<4, 1>>, Residual<DepthwiseConv2d<1, 1, 3, Same>>, Conv1d<4, 1>>,
                           Concat<Branch<>, Branch<Conv1d<2, 1>, Tanh>>, Flatten, Dense<4>, Softmax>;
static_assert(std::is_same_v<Folded<Branched<float>>, Unbranched>);
static_assert(folds<Branched<float>> && !folds<Unbranched>);

// One behind another goes the same way; one behind anything else stays.
using Twice = Network<float, Input<4>, BatchNorm<>, Dense<3>, BatchNorm<1>, With<double, BatchNorm<2>>, Relu, BatchNorm<>,
                      Residual<BatchNorm<>>>;
static_assert(
    std::is_same_v<Folded<Twice>, Network<float, Input<4>, BatchNorm<>, Dense<3>, Relu, BatchNorm<>, Residual<BatchNorm<>>>>);

// y = 2·(3·x + 1 - 4) / √(1 - 2^-10 + 2^-10) + 5
using One = Network<float, Input<1>, Dense<1>, BatchNorm<>>;
constexpr One::Parameters one{{{.weight = {{{3}}}, .bias = {1}}},
                              {{.gamma = {2}, .beta = {5}, .mean = {4}, .variance = {1 - 0x1p-10f}}}};
static_assert(One::forward(one, {7}) == One::Output{41});
static_assert(Folded<One>::forward(fold<One>(one), {7}) == Folded<One>::Output{41});

// The statistics come to those of the input: here mean 3 and variance 4. Those of a frozen layer stay.
constexpr auto norm_after(int steps, std::size_t frozen) {
  using Two = Network<float, Input<1, 2, 1>, BatchNorm<1>, Flatten, Dense<1>>;
  Trainer<Two, MeanSquaredError> trainer{Sgd{.rate = 0}, 1};
  trainer.freeze(frozen);
  for (int step = 0; step < steps; ++step) trainer.step(std::array{1.0f, 5.0f}, std::array{0.0f});
  return get<0>(trainer.parameters);
}
constexpr bool near(float x, float y) { return x - y < 0.001f && y - x < 0.001f; }
static_assert(near(norm_after(60, 0).mean[0], 3) && near(norm_after(60, 0).variance[0], 4));
static_assert(norm_after(1, 1).mean[0] == 0 && norm_after(1, 1).variance[0] == 1);

template <class Net>
float difference() {
  using Trainer = nn::Trainer<Net, CrossEntropy>;
  using X = typename Net::InputNumber;
  Trainer trainer{Sgd{.rate = 0.02f}, 3};
  Random random{4};
  std::array<X, Net::inputs> x{};
  for (int step = 0; step < 40; ++step) {
    for (auto& value : x) value = number<X>(random.uniform() * 3);
    trainer.step(x, random.below(4));
  }
  const auto y = Net::forward(trainer.parameters, x);
  const auto folded = Folded<Net>::forward(fold<Net>(trainer.parameters), x);
  float worst = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const float error = static_cast<float>(y[i]) - static_cast<float>(folded[i]);
    worst = error > worst ? error : -error > worst ? -error : worst;
  }
  return worst;
}

// The same code on every core: on this machine.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    expect(difference<Net<float>>() < 1e-5f);
    expect(difference<Net<Fixed32>>() < 1e-4f);
    expect(difference<Branched<Fixed16>>() < 0.02f);
    expect(difference<Branched<Fixed32>>() < 1e-4f);
  }
}

}  // namespace

int main() {
  expect(difference<Net<Fixed16>>() < 0.02f);
  expect(difference<Branched<float>>() < 1e-5f);
  others<BRIEF>();
  return expectations_failed();
}
