// Forward, backward, losses and gradients in fixed point against those in double, with the same numbers put in: every layer
// and every loss alone, then whole networks. Differences are counted in steps of the format of what comes out.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <type_traits>

#include "any_cross_entropy.hpp"
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Double = nn::Real<double>;
using K = target::Kernels;
constexpr std::size_t N = 5;
constexpr int trials = 20'000;

template <class Number>
using Row = std::array<Number, N>;

// Uniform in [-size, size).
template <class Number>
Row<Number> some(nn::Random& random, float size) {
  Row<Number> row;
  for (Number& x : row) x = nn::number<Number>((2 * random.uniform() - 1) * size);
  return row;
}

template <class Row>
auto in_double(const Row& row) {
  std::array<double, std::tuple_size_v<Row>> result{};
  for (std::size_t i = 0; i < row.size(); ++i) result[i] = static_cast<double>(row[i]);
  return result;
}

template <class Number>
double steps(Number found, double exact) {
  const double limited = std::clamp(exact, static_cast<double>(Number::lowest()), static_cast<double>(Number::highest()));
  return std::abs(std::ldexp(static_cast<double>(found) - limited, Number::fraction));
}
template <class Row>
double most_steps(const Row& found, const auto& exact) {
  double most = 0;
  for (std::size_t i = 0; i < found.size(); ++i) most = std::max(most, steps(found[i], exact[i]));
  return most;
}

// A layer without parameters alone. dx is compared from the same y; where f′ is rounded, each unit of g adds half a step of
// an activation: `of_slope`.
template <class A, class Layer>
void layer(std::string_view name, double y_bound, double dx_bound, bool of_slope = false) {
  using Fixed = typename Layer::template Bound<A, nn::Input<N>::shape>;
  using Exact = typename Layer::template Bound<Double, nn::Input<N>::shape>;
  nn::Random random{2};
  double y_worst = 0, dx_worst = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const auto x = some<typename A::Input>(random, trial % 2 == 0 ? 6.0f : 1.0f);
    const auto g = some<typename A::Gradient>(random, trial % 3 == 0 ? 4.0f : 0.25f);
    Row<typename A::Activation> y{};
    Row<typename A::InputGradient> dx{};
    Row<double> exact_y{}, exact_dx{};
    const auto exact_x = in_double(x), exact_g = in_double(g);
    auto spans = [&](auto&& run) { run(std::span{x}, std::span{y}, std::span{g}, std::span{dx}); };
    auto exact_spans = [&](auto&& run) { run(std::span{exact_x}, std::span{exact_y}, std::span{exact_g}, std::span{exact_dx}); };
    if constexpr (nn::has_training_state<Fixed>) {
      typename Fixed::TrainingState state{};
      typename Exact::TrainingState exact_state{};
      nn::Random mask = random, same_mask = random;
      spans([&](auto x_, auto y_, auto, auto) { Fixed::template forward<K>({}, x_, y_, state, mask); });
      exact_spans([&](auto x_, auto y_, auto, auto) { Exact::template forward<K>({}, x_, y_, exact_state, same_mask); });
      spans([&](auto x_, auto y_, auto g_, auto dx_) { Fixed::template backward<K>({}, x_, y_, g_, dx_, state); });
      exact_spans([&](auto x_, auto y_, auto g_, auto dx_) { Exact::template backward<K>({}, x_, y_, g_, dx_, exact_state); });
      y_worst = std::max(y_worst, most_steps(y, exact_y));
    } else {
      spans([&](auto x_, auto y_, auto, auto) { Fixed::template forward<K>({}, x_, y_); });
      exact_spans([&](auto x_, auto y_, auto, auto) { Exact::template forward<K>({}, x_, y_); });
      y_worst = std::max(y_worst, most_steps(y, exact_y));
      exact_y = in_double(y);
      spans([&](auto x_, auto y_, auto g_, auto dx_) { Fixed::template backward<K>({}, x_, y_, g_, dx_); });
      exact_spans([&](auto x_, auto y_, auto g_, auto dx_) { Exact::template backward<K>({}, x_, y_, g_, dx_); });
    }
    for (std::size_t i = 0; i < N; ++i) {
      const double slope_error =
          of_slope ? std::abs(exact_g[i]) * std::ldexp(0.5, A::InputGradient::fraction - A::Activation::fraction) : 0;
      dx_worst = std::max(dx_worst, steps(dx[i], exact_dx[i]) - slope_error);
    }
  }
  std::printf("%-8s %-12.*s y %.3f of %.2f steps   dx %.3f of %.2f steps\n", A::format.bits == 16 ? "Fixed16" : "Fixed32",
              static_cast<int>(name.size()), name.data(), y_worst, y_bound, dx_worst, dx_bound);
  expect(y_worst <= y_bound);
  expect(dx_worst <= dx_bound);
}

// Sums of products are exact and rounded once; ∂L/∂W and ∂L/∂b are exact.
template <class A>
void dense() {
  using Fixed = typename nn::Dense<N>::template Bound<A, nn::Input<N>::shape>;
  using Exact = typename nn::Dense<N>::template Bound<Double, nn::Input<N>::shape>;
  nn::Random random{3};
  double y_worst = 0, dx_worst = 0, gradient_worst = 0;
  for (int trial = 0; trial < trials; ++trial) {
    const auto x = some<typename A::Input>(random, trial % 2 == 0 ? 8.0f : 1.0f);
    const auto g = some<typename A::Gradient>(random, 1);
    typename Fixed::Parameters p{};
    for (auto& row : p.weight) row = some<typename A::Weight>(random, trial % 5 == 0 ? 4.0f : 1.0f);
    p.bias = some<typename A::Accumulator>(random, 2);
    typename Exact::Parameters exact_p{};
    nn::for_each_row([](auto& exact, const auto& fixed) { exact = in_double(fixed); }, exact_p, p);
    Row<typename A::Activation> y{};
    Row<typename A::InputGradient> dx{};
    Row<double> exact_y{}, exact_dx{};
    const auto exact_x = in_double(x), exact_g = in_double(g);
    Fixed::template forward<K>(p, std::span{x}, std::span{y});
    Exact::template forward<K>(exact_p, std::span{exact_x}, std::span{exact_y});
    Fixed::template backward<K>(p, std::span{x}, std::span{std::as_const(y)}, std::span{g}, std::span{dx});
    Exact::template backward<K>(exact_p, std::span{exact_x}, std::span{std::as_const(exact_y)}, std::span{exact_g},
                                std::span{exact_dx});
    y_worst = std::max(y_worst, most_steps(y, exact_y));
    dx_worst = std::max(dx_worst, most_steps(dx, exact_dx));

    typename nn::Dense<N>::template Bound<nn::OneFormat<typename A::ParameterGradient>, nn::Input<N>::shape>::Parameters sum{};
    nn::SumSink<A, K, decltype(sum), nn::Small<>> sink{sum, {}};
    Fixed::gradient(std::span{x}, std::span{g}, sink);
    for (std::size_t o = 0; o < N; ++o) {
      gradient_worst = std::max(gradient_worst, steps(sum.bias[o], exact_g[o]));
      for (std::size_t i = 0; i < N; ++i)
        gradient_worst = std::max(gradient_worst, steps(sum.weight[o][i], exact_g[o] * exact_x[i]));
    }
  }
  std::printf("%-8s Dense        y %.3f, dx %.3f, gradient %.3f of 0.5 steps\n", A::format.bits == 16 ? "Fixed16" : "Fixed32",
              y_worst, dx_worst, gradient_worst);
  // Sums of 32-bit products drop a few bits first.
  expect(y_worst <= 0.501 && dx_worst <= 0.501 && gradient_worst <= 0.5);
}

// A loss alone. From outputs between 0.05 and 0.95, where the least probability of a format does not matter, or logits.
template <class A, class Loss, bool Fused>
void loss(std::string_view name, double g_bound, double loss_bound) {
  nn::Random random{4};
  double g_worst = 0, loss_worst = 0;
  for (int trial = 0; trial < trials; ++trial) {
    auto y = some<typename A::Activation>(random, Fused ? 8.0f : 0.45f);
    if (!Fused)
      for (auto& p : y) p = A::activation(p + nn::number<typename A::Activation>(0.5f));
    auto t = some<typename A::Activation>(random, 0.5f);
    for (auto& p : t) p = A::activation(p + nn::number<typename A::Activation>(0.5f));
    const auto exact_y = in_double(y), exact_t = in_double(t);
    Row<typename A::Gradient> g{};
    Row<double> exact_g{};
    auto from = [&]<class B>(std::type_identity<B>, const auto& outputs, const auto& target, auto& gradient) {
      if constexpr (Fused) return Loss::template from_logits<B, N>(std::span{outputs}, target, std::span{gradient});
      else return Loss::template from_output<B, N>(std::span{outputs}, target, std::span{gradient});
    };
    auto both = [&](const auto& target, const auto& exact_target) {
      const auto found = from(std::type_identity<A>{}, y, target, g);
      loss_worst = std::max(loss_worst, steps(found, from(std::type_identity<Double>{}, exact_y, exact_target, exact_g)));
    };
    if constexpr (std::is_same_v<Loss, nn::CrossEntropy>)
      both(static_cast<std::size_t>(trial) % N, static_cast<std::size_t>(trial) % N);
    else both(std::span{std::as_const(t)}, std::span{exact_t});
    g_worst = std::max(g_worst, most_steps(g, exact_g));
  }
  std::printf("%-8s %-12.*s g %.3f of %.2f steps   loss %.3f of %.2f steps\n", A::format.bits == 16 ? "Fixed16" : "Fixed32",
              static_cast<int>(name.size()), name.data(), g_worst, g_bound, loss_worst, loss_bound);
  expect(g_worst <= g_bound);
  expect(loss_worst <= loss_bound);
}

// What one step of rate 1 takes from each parameter, in steps of an activation, whose rounding causes most of it.
template <template <class> class Net, class A, class Loss>
double network() {
  using Trainer = nn::Trainer<Net<A>, Loss, nn::Sgd>;
  using Exact = nn::Trainer<Net<Double>, Loss, nn::Sgd>;
  using Activation = typename A::Activation;
  nn::Random random{4};
  double worst = 0;
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    Trainer trainer{nn::Sgd{.rate = 1}, seed, nn::Uniform{0.4f}};
    const auto start = trainer.parameters;
    typename Net<Double>::Parameters exact_start{};
    nn::for_each_row([](auto& exact, const auto& fixed) { exact = in_double(fixed); }, exact_start, start);
    Exact exact{nn::Sgd{.rate = 1}, exact_start, seed};
    const auto x = some<typename A::Input>(random, 1);
    const auto exact_x = in_double(x);
    const std::array<Activation, 3> t{nn::number<Activation>(0.25f), nn::number<Activation>(1.0f), Activation{}};
    const auto exact_t = in_double(t);
    if constexpr (std::is_same_v<typename Trainer::Target, std::size_t>) {
      trainer.step(x, 1);
      exact.step(exact_x, 1);
    } else {
      trainer.step(x, t);
      exact.step(exact_x, exact_t);
    }
    nn::for_each_row(
        [&](const auto& before, const auto& after, const auto& exact_before, const auto& exact_after) {
          for (std::size_t i = 0; i < before.size(); ++i) {
            const double moved = static_cast<double>(before[i]) - static_cast<double>(after[i]);
            worst = std::max(worst, std::abs(std::ldexp(moved - (exact_before[i] - exact_after[i]), Activation::fraction)));
          }
        },
        start, trainer.parameters, exact_start, exact.parameters);
  }
  return worst;
}

template <class Hidden, class Last>
struct Chain {
  template <class A>
  using Net = nn::Network<A, nn::Input<N>, nn::Dense<7>, Hidden, nn::Dense<4>, Hidden, nn::Dense<3>, Last>;
};

template <class A, class Hidden, class Last, class Loss>
void network_of(std::string_view name, double bound) {
  const double worst = network<Chain<Hidden, Last>::template Net, A, Loss>();
  std::printf("%-8s %-28.*s %.2f of %.2f steps of an activation\n", A::format.bits == 16 ? "Fixed16" : "Fixed32",
              static_cast<int>(name.size()), name.data(), worst, bound);
  expect(worst <= bound);
}

// The bounds are for 16 and for 32 bits, where the numbers of a loss and its exponentials are coarser than a step.
template <class A>
void all() {
  constexpr bool wide = A::format.bits == 32;
  dense<A>();
  layer<A, nn::Relu>("Relu", 0, 0);
  layer<A, nn::LeakyRelu<3>>("LeakyRelu", 0.5, 0.5);
  layer<A, nn::Sigmoid>("Sigmoid", 0.51, 0.53);
  layer<A, nn::Tanh>("Tanh", 0.51, 0.53);
  layer<A, nn::Softplus>("Softplus", 0.51, 0.51, true);
  layer<A, nn::Softmax>("Softmax", wide ? 0.85 : 0.55, wide ? 5 : 0.51);
  layer<A, nn::Dropout<20>>("Dropout<20>", 0.5, 0.5);
  layer<A, nn::Dropout<30>>("Dropout<30>", 0.6, 0.9);

  loss<A, nn::CrossEntropy, true>("cross", wide ? 8 : 1, 6);
  loss<A, nn::CrossEntropy, false>("cross, out", wide ? 130 : 0.57, 0.51);
  loss<A, nn::BinaryCrossEntropy, true>("binary", 0.52, 5);
  loss<A, nn::BinaryCrossEntropy, false>("binary, out", wide ? 130 : 0.55, 5);
  loss<A, nn::SumSquaredError, false>("sum", 0, 3);
  loss<A, nn::MeanSquaredError, false>("mean", 0.51, 3);

  constexpr double most = wide ? 3 : 1.5;
  network_of<A, nn::LeakyRelu<3>, nn::Softmax, nn::CrossEntropy>("LeakyRelu, cross", most);
  network_of<A, nn::Sigmoid, nn::Softmax, nn::CrossEntropy>("Sigmoid, cross", most);
  network_of<A, nn::Softplus, nn::Softmax, nn::CrossEntropy>("Softplus, cross", most);
  network_of<A, nn::Softmax, nn::Softmax, nn::CrossEntropy>("Softmax, cross", most);
  network_of<A, nn::Dropout<20>, nn::Softmax, nn::CrossEntropy>("Dropout, cross", most);
  network_of<A, nn::Tanh, nn::Softmax, nn::CrossEntropy>("Tanh, cross", most);
  network_of<A, nn::Tanh, nn::Sigmoid, AnyCrossEntropy>("Tanh, Sigmoid, cross", most);
  network_of<A, nn::Tanh, nn::Sigmoid, nn::BinaryCrossEntropy>("Tanh, binary", most);
  network_of<A, nn::Tanh, nn::Softmax, nn::BinaryCrossEntropy>("Tanh, Softmax, binary", most);
  network_of<A, nn::Tanh, nn::Sigmoid, nn::SumSquaredError>("Tanh, Sigmoid, sum", most);
  network_of<A, nn::Tanh, nn::Tanh, nn::MeanSquaredError>("Tanh, Tanh, mean", most);
}

}  // namespace

int main() {
  all<nn::Fixed16>();
  all<nn::Fixed32>();
  return expectations_failed();
}
