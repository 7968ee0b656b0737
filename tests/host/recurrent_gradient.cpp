// Recurrent layers: backpropagation through time against central differences in double, and fixed point against double.
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

constexpr double h = 1e-5;

template <class Net>
auto some_input() {
  nn::Random random{4};
  std::array<typename Net::InputNumber, Net::inputs> x{};
  for (auto& value : x) value = nn::number<typename Net::InputNumber>(2 * random.uniform() - 1);
  return x;
}

template <class Net>
typename Net::Parameters some_parameters() {
  nn::Random random{3};
  typename Net::Parameters p{};
  nn::initialize<Net>(p, nn::Glorot{}, random);
  nn::for_each_row([&](auto& row) { for (double& w : row) w += 0.1 * double(random.uniform()); }, p);
  return p;
}

template <class Net>
void check() {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
  const auto x = some_input<Net>();
  const auto start = some_parameters<Net>();
  auto loss_at = [&](const typename Net::Parameters& p) { return Trainer{nn::Sgd{.rate = 0}, p}.step(x, 1); };
  // With rate 1 a step subtracts the gradient itself.
  Trainer learned{nn::Sgd{.rate = 1}, start};
  learned.step(x, 1);
  auto probe = start;
  nn::for_each_row(
      [&](auto& p, const auto& before, auto& after) {
        for (std::size_t i = 0; i < p.size(); ++i) {
          p[i] = before[i] + h;
          const double above = loss_at(probe);
          p[i] = before[i] - h;
          const double below = loss_at(probe);
          p[i] = before[i];
          const double expected = (above - below) / (2 * h);
          expect(std::abs((before[i] - after[i]) - expected) <= 1e-7 * (1 + std::abs(expected)));
        }
      },
      probe, start, learned.parameters);
}

// A batch of two equal samples has the same mean.
template <class Net>
void check_batch() {
  const auto x = some_input<Net>();
  const auto start = some_parameters<Net>();
  nn::Trainer<Net, nn::CrossEntropy, nn::Sgd> one{nn::Sgd{.rate = 1}, start};
  one.step(x, 1);
  using Two = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd, 2>;
  Two two{nn::Sgd{.rate = 1}, start};
  two.step(std::array{typename Two::Sample{x, 1}, typename Two::Sample{x, 1}});
  nn::for_each_row(
      [&](const auto& after_one, const auto& after_two) {
        for (std::size_t i = 0; i < after_one.size(); ++i) expect(std::abs(after_one[i] - after_two[i]) <= 1e-8);
      },
      one.parameters, two.parameters);
}

// What a step of rate 1 takes from each parameter, in steps of an activation, against the same step in double.
template <class A, template <class> class Net>
double difference() {
  using Exact = Net<double>;
  using Fixed = Net<A>;
  auto exact = some_parameters<Exact>();
  typename Fixed::Parameters fixed{};
  nn::convert<Exact, Fixed>(exact, fixed);
  nn::convert<Fixed, Exact>(fixed, exact);
  const auto x = some_input<Fixed>();
  std::array<double, Fixed::inputs> exact_x{};
  for (std::size_t i = 0; i < x.size(); ++i) exact_x[i] = static_cast<double>(x[i]);
  nn::Trainer<Exact, nn::CrossEntropy> exact_trainer{nn::Sgd{.rate = 1}, exact};
  nn::Trainer<Fixed, nn::CrossEntropy> trainer{nn::Sgd{.rate = 1}, fixed};
  exact_trainer.step(exact_x, 1);
  trainer.step(x, 1);
  double worst = 0;
  nn::for_each_row(
      [&](const auto& before, const auto& after, const auto& exact_before, const auto& exact_after) {
        for (std::size_t i = 0; i < before.size(); ++i) {
          const double moved = static_cast<double>(before[i]) - static_cast<double>(after[i]);
          worst = std::max(worst, std::abs(std::ldexp(moved - (exact_before[i] - exact_after[i]), A::Activation::fraction)));
        }
      },
      fixed, trainer.parameters, exact, exact_trainer.parameters);
  return worst;
}

// First and between two layers, so that a gradient comes in and goes out; frames in columns and in rows.
template <class... Layers>
struct First {
  template <class A>
  using Net = nn::Network<A, nn::Input<5, 3>, Layers..., nn::Dense<3>, nn::Softmax>;
};
template <class... Layers>
struct Between {
  template <class A>
  using Net = nn::Network<A, nn::Input<6, 2, 2>, nn::Conv2d<3, 2, 2>, nn::Tanh, Layers..., nn::Tanh, nn::Dense<3>, nn::Softmax>;
};

template <class Chain>
void check_fixed(std::string_view name, double bound) {
  const double fixed16 = difference<nn::Fixed16, Chain::template Net>();
  const double fixed32 = difference<nn::Fixed32, Chain::template Net>();
  std::printf("%-28.*s %6.2f steps of an activation in Fixed16, %6.2f in Fixed32, of %.0f\n", static_cast<int>(name.size()),
              name.data(), fixed16, fixed32, bound);
  expect(fixed16 <= bound);
  expect(fixed32 <= bound);
}

template <class... Layers>
void check_layer(std::string_view name, double bound = 4) {
  check<typename First<Layers...>::template Net<double>>();
  check_batch<typename First<Layers...>::template Net<double>>();
  check<typename Between<Layers...>::template Net<double>>();
  check_fixed<First<Layers...>>(name, bound);
  check_fixed<Between<Layers...>>(name, bound);
}

}  // namespace

int main() {
  using namespace nn;
  check_layer<Rnn<4>>("Rnn");
  check_layer<Rnn<5, Relu, LastStep>>("Rnn, relu, last step");
  check_layer<Gru<4>>("Gru");
  check_layer<Gru<9, LastStep, Orthogonal>>("Gru, last step");
  check_layer<Gru<4, ResetBefore>>("Gru, reset before");
  check_layer<Gru<3, ResetBefore, LastStep>, Reshape<1, 3>>("Gru, reset before, last");
  check_layer<Lstm<4>>("Lstm");
  check_layer<Lstm<9, LastStep, UnitForgetBias>>("Lstm, last step");
  check_layer<Bidirectional<Rnn<3>>>("Bidirectional Rnn");
  check_layer<Bidirectional<Gru<3, LastStep>>>("Bidirectional Gru, last step");
  check_layer<Bidirectional<Lstm<3>>, Gru<4, LastStep>>("Bidirectional Lstm, Gru");
  check_layer<Residual<Gru<3>>, Lstm<3, LastStep>>("Residual Gru, Lstm");
  // Among layers of other kinds.
  check<Network<double, Input<6, 4>, LayerNorm, Residual<Gru<4>, LayerNorm>, Conv1d<3, 2, Causal, Dilation<1, 2>>, Tanh,
                Bidirectional<Lstm<3>>, GlobalAvgPool, Dense<3>, Softmax>>();
  check<Network<double, Input<6, 3>,
                Concat<Branch<Gru<3, LastStep>>, Branch<Conv1d<2, 3, Causal>, GlobalAvgPool>, Branch<Rnn<2, LastStep>>>, Dense<3>,
                Softmax>>();
  check<Network<double, Input<7, 3, 2>, Lstm<4>, Reshape<7, 4>, Conv1d<3, 3, Same, Stride<1, 2>>, Silu,
                Gru<3, ResetBefore, LastStep, Truncated<7>>, Dense<3>, Softmax>>();
  return expectations_failed();
}
