// Gradients of layers: against central differences in double, of a batch against those of a sample, and of fixed point against
// those of double.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

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

// Parameters row by row, so that what is done with them is compiled once, and not for each network.
using Rows = std::vector<std::span<double>>;

// Those that are learnt: not the statistics of a BatchNorm.
template <class Net>
Rows learnt(typename Net::Parameters& p) {
  Rows rows;
  typename Net::template ParametersIn<double> of{};
  nn::for_each_row([&](auto&, auto& row) { rows.emplace_back(row); }, of, p);
  return rows;
}

// What a step of rate 1 took from `before`, the gradient itself, against (L(p + h) - L(p - h)) / 2h of the loss at p.
inline void expect_differences(const Rows& p, const Rows& before, const Rows& after, const std::function<double()>& loss) {
  constexpr double h = 1e-5;
  expect(!p.empty() && p.size() == before.size() && p.size() == after.size());
  for (std::size_t r = 0; r < p.size(); ++r)
    for (std::size_t i = 0; i < p[r].size(); ++i) {
      p[r][i] = before[r][i] + h;
      const double above = loss();
      p[r][i] = before[r][i] - h;
      const double below = loss();
      p[r][i] = before[r][i];
      const double expected = (above - below) / (2 * h);
      expect(std::abs((before[r][i] - after[r][i]) - expected) <= 1e-7 * (1 + std::abs(expected)));
    }
}

template <class Net, class Trainer>
void check_against_differences(typename Net::Parameters start, const auto& x, const auto& target) {
  Trainer learned{nn::Sgd{.rate = 1}, start};
  learned.step(x, target);
  auto probe = start;
  expect_differences(learnt<Net>(probe), learnt<Net>(start), learnt<Net>(learned.parameters),
                     [&] { return Trainer{nn::Sgd{.rate = 0}, probe}.step(x, target); });
}

template <class Net>
void check() {
  check_against_differences<Net, nn::Trainer<Net, nn::CrossEntropy>>(some_parameters<Net>(), some_input<Net>(), std::size_t{1});
}

// A batch of two equal samples has the same mean.
template <class Net>
void check_batch() {
  const auto x = some_input<Net>();
  const auto start = some_parameters<Net>();
  nn::Trainer<Net, nn::CrossEntropy> one{nn::Sgd{.rate = 1}, start};
  one.step(x, 1);
  using Two = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd, 2>;
  Two two{nn::Sgd{.rate = 1}, start};
  two.step(std::array{typename Two::Sample{x, 1}, typename Two::Sample{x, 1}});
  const Rows after_one = learnt<Net>(one.parameters), after_two = learnt<Net>(two.parameters);
  for (std::size_t r = 0; r < after_one.size(); ++r)
    for (std::size_t i = 0; i < after_one[r].size(); ++i) expect(std::abs(after_one[r][i] - after_two[r][i]) <= 1e-8);
}

template <class Number>
void append(std::span<const Number> row, std::vector<double>& values) {
  for (Number value : row) values.push_back(static_cast<double>(value));
}
std::vector<double> values(const auto& parameters) {
  std::vector<double> all;
  nn::for_each_row([&]<class Number, std::size_t Size>(const std::array<Number, Size>& row) { append<Number>(row, all); },
                   parameters);
  return all;
}

template <class Number>
void assign(std::span<Number> row, std::span<const double>& values) {
  for (Number& value : row) value = nn::nearest<Number>(values[static_cast<std::size_t>(&value - row.data())]);
  values = values.subspan(row.size());
}
void assign(auto& parameters, std::span<const double> values) {
  nn::for_each_row([&]<class Number, std::size_t Size>(std::array<Number, Size>& row) { assign<Number>(row, values); }, parameters);
}

// What a step of rate 1 takes from each parameter, in steps of an activation, against the same step in double.
template <class A, template <class> class Net>
double difference() {
  using Exact = Net<double>;
  using Fixed = Net<A>;
  auto exact = some_parameters<Exact>();
  typename Fixed::Parameters fixed{};
  assign(fixed, values(exact));
  assign(exact, values(fixed));
  const auto x = some_input<Fixed>();
  std::array<double, Fixed::inputs> exact_x{};
  for (std::size_t i = 0; i < x.size(); ++i) exact_x[i] = static_cast<double>(x[i]);

  nn::Trainer<Exact, nn::CrossEntropy> exact_trainer{nn::Sgd{.rate = 1}, exact};
  nn::Trainer<Fixed, nn::CrossEntropy> trainer{nn::Sgd{.rate = 1}, fixed};
  exact_trainer.step(exact_x, 1);
  trainer.step(x, 1);
  const std::vector before = values(fixed), after = values(trainer.parameters);
  const std::vector exact_before = values(exact), exact_after = values(exact_trainer.parameters);
  double worst = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const double apart = (before[i] - after[i]) - (exact_before[i] - exact_after[i]);
    worst = std::max(worst, std::abs(std::ldexp(apart, A::Activation::fraction)));
  }
  return worst;
}

}  // namespace gradients
