// Gradients of layers: against central differences in double, of a batch against those of a sample, and of fixed point against
// those of double.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace gradients {

template <class Net>
auto some_input() {
  nn::Random random{4};
  std::array<typename Net::InputNumber, Net::inputs> x{};
  for (auto& value : x) value = nn::number<typename Net::InputNumber>(2 * random.uniform() - 1);
  return x;
}

// Biases off 0, so that no ReLU sits on its kink.
template <class Net>
typename Net::Parameters some_parameters() {
  nn::Random random{3};
  typename Net::Parameters p{};
  nn::initialize<Net>(p, nn::Glorot{}, random);
  nn::for_each_row([&](auto& row) { for (double& w : row) w += 0.1 * double(random.uniform()); }, p);
  return p;
}

// What a step of rate 1 took from `start`, the gradient itself, against (L(p + h) - L(p - h)) / 2h.
template <class Net>
void expect_differences(const typename Net::Parameters& start, const typename Net::Parameters& stepped, auto loss_at) {
  constexpr double h = 1e-5;
  auto probe = start;
  // What is learnt: not the statistics of a BatchNorm.
  typename Net::template ParametersIn<double> learnt{};
  nn::for_each_row(
      [&](auto&, auto& p, const auto& before, const auto& after) {
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
      learnt, probe, start, stepped);
}

template <class Net>
void check() {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
  const auto x = some_input<Net>();
  const auto start = some_parameters<Net>();
  Trainer learned{nn::Sgd{.rate = 1}, start};
  learned.step(x, 1);
  expect_differences<Net>(start, learned.parameters, [&](const auto& p) { return Trainer{nn::Sgd{.rate = 0}, p}.step(x, 1); });
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

}  // namespace gradients
