// A network with its BatchNorms folded gives what it gave with them, but for rounding.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

template <class A>
using Net = Network<A, Input<6, 5, 2>, Conv2d<3, 2, 3>, BatchNorm<2>, Relu, DepthwiseConv2d<2, 3, 1>, BatchNorm<2>, Relu, Flatten, Dense<4>, BatchNorm<2>,
                    Softmax>;
static_assert(Folded<Net<float>>::layers == Net<float>::layers - 3);
static_assert(std::is_same_v<Folded<Net<float>>, Network<float, Input<6, 5, 2>, Conv2d<3, 2, 3>, Relu, DepthwiseConv2d<2, 3, 1>, Relu, Flatten, Dense<4>, Softmax>>);

// y = 2·(3·x + 1 - 4) / √(1 - 2^-10 + 2^-10) + 5
using One = Network<float, Input<1>, Dense<1>, BatchNorm<>>;
constexpr One::Parameters one{{{.weight = {{{3}}}, .bias = {1}}}, {{.gamma = {2}, .beta = {5}, .mean = {4}, .variance = {1 - 0x1p-10f}}}};
static_assert(One::forward(one, {7}) == One::Output{41});
static_assert(Folded<One>::forward(fold<One>(one), {7}) == Folded<One>::Output{41});

// The statistics come to those of the input: here mean 3 and variance 4.
static_assert([] {
  using Two = Network<float, Input<1, 2, 1>, BatchNorm<1>, Flatten, Dense<1>>;
  Trainer<Two, MeanSquaredError> trainer{Sgd{.rate = 0}, 1};
  for (int step = 0; step < 60; ++step) trainer.step(std::array{1.0f, 5.0f}, std::array{0.0f});
  const auto& norm = get<0>(trainer.parameters);
  return norm.mean[0] > 2.999f && norm.mean[0] < 3.001f && norm.variance[0] > 3.999f && norm.variance[0] < 4.001f;
}());

template <class A>
float difference() {
  using Trainer = nn::Trainer<Net<A>, CrossEntropy>;
  using X = typename Net<A>::InputNumber;
  Trainer trainer{Sgd{.rate = 0.02f}, 3};
  Random random{4};
  std::array<X, Net<A>::inputs> x{};
  for (int step = 0; step < 40; ++step) {
    for (auto& value : x) value = number<X>(random.uniform() * 3);
    trainer.step(x, random.below(4));
  }
  const auto y = Net<A>::forward(trainer.parameters, x);
  const auto folded = Folded<Net<A>>::forward(fold<Net<A>>(trainer.parameters), x);
  float worst = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const float error = static_cast<float>(y[i]) - static_cast<float>(folded[i]);
    worst = error > worst ? error : -error > worst ? -error : worst;
  }
  return worst;
}

}  // namespace

int main() {
  expect(difference<float>() < 1e-5f);
  expect(difference<Fixed16>() < 0.02f);
  expect(difference<Fixed32>() < 1e-4f);
  return expectations_failed();
}
