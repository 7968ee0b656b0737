// What would poison a training is refused, counted, and changes nothing; what is merely huge changes what it may, to the same
// bits on every core.
#include <array>
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float no_number = std::numeric_limits<float>::quiet_NaN();
constexpr float largest = std::numeric_limits<float>::max();
constexpr std::array poisons{no_number, -no_number, infinity, -infinity};

using Plain =
    nn::Network<float, nn::Input<5, 5, 1>, nn::Dense<11>, nn::Relu, nn::Dense<9>, nn::LeakyRelu<4>, nn::Dense<3>, nn::Softmax>;
using Convolving = nn::Network<float, nn::Input<5, 5, 1>, nn::Conv2d<2, 3, 3>, nn::Relu, nn::Dense<3>, nn::Softmax>;
using Drawing = nn::Network<float, nn::Input<5, 5, 1>, nn::Conv2d<3, 3, 3, nn::Same>, nn::BatchNorm<3>, nn::Relu, nn::Dropout<20>,
                            nn::Residual<nn::Conv2d<3, 3, 3, nn::Same>, nn::BatchNorm<3>>, nn::Dense<3>, nn::Softmax>;

template <class Net>
typename Net::Input some_input(nn::Random& random) {
  typename Net::Input x{};
  for (float& value : x) value = 2 * random.uniform() - 1;
  return x;
}

// Learns from 40 samples; with poison among them they are the same, and so is what comes of them.
template <class Net, class Optimizer, std::size_t Batch>
[[gnu::noinline]] std::uint32_t trained(const Optimizer& settings, bool poisoned, std::uint32_t refused) {
  nn::Trainer<Net, nn::CrossEntropy, Optimizer, Batch> trainer{settings, nn::at_run_time(1)};
  const auto learn = [&](const auto& x, std::size_t target) {
    if constexpr (Batch == 1) return trainer.step(x, target);
    else return trainer.accumulate(x, target);
  };
  nn::Random random{2};
  for (std::uint32_t i = 0; i < 40; ++i) {
    auto x = some_input<Net>(random);
    const std::size_t target = random.below(3);
    if (poisoned && i % 4 == 1) {
      auto bad = x;
      bad[i % bad.size()] = poisons[i / 4 % poisons.size()];
      expect(learn(bad, target) == 0);
      expect(learn(x, 3) == 0);
      expect(learn(x, std::numeric_limits<std::size_t>::max()) == 0);
    }
    expect(learn(x, target) > 0);
    if constexpr (Batch > 1)
      if (i % Batch == Batch - 1) trainer.apply(Batch);
  }
  expect(trainer.refused() == refused);
  expect(nn::is_finite(trainer.parameters));
  return nn::checksum(trainer.parameters);
}

template <class Net, class Optimizer, std::size_t Batch = 1>
void poison_changes_nothing(const Optimizer& settings, std::uint32_t checksum) {
  expect_equal(trained<Net, Optimizer, Batch>(settings, false, 0), checksum);
  expect_equal(trained<Net, Optimizer, Batch>(settings, true, 30), checksum);
}

// Inputs of every size, up to the largest: some samples are refused, of others some weights stay; nothing becomes infinite.
template <class Net, class Optimizer, std::size_t Batch = 1>
[[gnu::noinline]] void huge_inputs(const Optimizer& settings, std::uint32_t checksum, std::uint32_t refused) {
  nn::Trainer<Net, nn::CrossEntropy, Optimizer, Batch> trainer{settings, nn::at_run_time(1)};
  nn::Random random{3};
  for (int i = 0; i < 60; ++i) {
    auto x = some_input<Net>(random);
    for (std::size_t k = 0; k < x.size(); ++k)
      if (random.below(4) == 0) x[k] *= nn::Bits<float>::power_of_two(static_cast<int>(random.below(127)));
    if constexpr (Batch == 1) {
      trainer.step(x, random.below(3));
    } else {
      trainer.accumulate(x, random.below(3));
      if (i % static_cast<int>(Batch) == 0) trainer.apply(Batch);
    }
    expect(nn::is_finite(trainer.parameters));
  }
  expect_equal(trainer.refused(), refused);
  expect_equal(nn::checksum(trainer.parameters), checksum);
}

// An overflow behind the running statistics and the random draws: both are as before.
[[gnu::noinline]] void overflow_is_undone() {
  nn::Trainer<Drawing, nn::CrossEntropy> trainer{{.rate = 0.1f}, nn::at_run_time(1)};
  nn::Trainer<Drawing, nn::CrossEntropy> twin{{.rate = 0.1f}, nn::at_run_time(1)};
  nn::Random random{4};
  for (int i = 0; i < 8; ++i) {
    const auto x = some_input<Drawing>(random);
    auto& last = nn::get<5>(trainer.parameters);
    const auto sound = last;
    for (auto& row : last.weight) row.fill(largest);
    expect(trainer.step(some_input<Drawing>(random), 1) == 0);
    last = sound;
    expect(trainer.step(x, 1) == twin.step(x, 1));
  }
  expect(trainer.refused() == 8);
  expect(nn::checksum(trainer.parameters) == nn::checksum(twin.parameters));
}

// Nothing is learnt with settings that would spoil everything.
template <class Optimizer>
[[gnu::noinline]] void unsound(const Optimizer& settings) {
  nn::Trainer<Plain, nn::CrossEntropy, Optimizer> trainer{settings, nn::at_run_time(1)};
  const std::uint32_t before = nn::checksum(trainer.parameters);
  nn::Random random{5};
  expect(trainer.step(some_input<Plain>(random), 1) == 0);
  expect(trainer.refused() == 1 && nn::checksum(trainer.parameters) == before);
}

// What no sample of the above meets: a rate that makes an infinity of a large gradient, and a weight whose decay is too large.
[[gnu::noinline]] void large_factors() {
  float w = 1;
  constexpr float tiny = 0x1p-90f;
  nn::add_within_limit<nn::Real<float>>(&w, 0x1p16f, 0x1p120f, &tiny, 1);
  expect(w == 1);
  nn::add_within_limit<nn::Real<float>>(&w, 0x1p4f, 0x1p120f, &tiny, 1);
  expect(w == 1 + 0x1p34f);

  nn::Trainer<Plain, nn::CrossEntropy, nn::WeightDecay<nn::Momentum>> trainer{{{.rate = 0.1f}, 0.01f}, nn::at_run_time(1)};
  float& large = nn::get<0>(trainer.parameters).weight[2][0];
  large = 0x1p60f;
  nn::Random random{6};
  auto x = some_input<Plain>(random);
  x[0] = 0;
  trainer.step(x, 1);
  expect(trainer.refused() == 0 && large == 0x1p60f);
}

// Values as targets, a batch without a good sample, an evaluation.
[[gnu::noinline]] void targets() {
  using Line = nn::Network<float, nn::Input<2>, nn::Dense<2>>;
  nn::Trainer<Line, nn::MeanSquaredError, nn::Adam, 2> trainer{{}, nn::at_run_time(1)};
  using Sample = decltype(trainer)::Sample;
  const std::array<float, 2> good{1, 2};
  const std::array<float, 2> bad{1, no_number};
  const std::uint32_t before = nn::checksum(trainer.parameters);
  expect(trainer.step(std::array{Sample{good, bad}, Sample{bad, good}}) == 0);
  trainer.apply(0);
  expect(trainer.refused() == 2 && nn::checksum(trainer.parameters) == before);
  const float alone = trainer.evaluate(std::array{Sample{good, good}}).loss;
  const auto found = trainer.evaluate(std::array{Sample{good, good}, Sample{good, bad}, Sample{bad, good}});
  expect(found.samples == 1 && found.refused == 2 && found.loss == alone);
  expect(trainer.step(std::array{Sample{good, good}, Sample{good, bad}}) == alone);
  expect(nn::checksum(trainer.parameters) != before);

  // In fixed point a target can be wrong, too.
  using Fixed = nn::Network<nn::Fixed16, nn::Input<2>, nn::Dense<3>, nn::Softmax>;
  nn::Trainer<Fixed, nn::CrossEntropy> fixed{{.rate = 0.1f}, nn::at_run_time(1)};
  const Fixed::Input x{nn::Fixed<16, 10>{100}, nn::Fixed<16, 10>{200}};
  const std::uint32_t fixed_before = nn::checksum(fixed.parameters);
  expect(fixed.step(x, 3).raw == 0);
  expect(fixed.refused() == 1 && nn::checksum(fixed.parameters) == fixed_before);
  fixed.step(x, 2);
  expect(fixed.refused() == 1 && nn::checksum(fixed.parameters) != fixed_before);
}

// Networks that run no other kernels than those of main(): on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    poison_changes_nothing<Plain, nn::WeightDecay<nn::Sgd>>({{.rate = 0.1f}, 0.001f}, 0x9b64703du);
    poison_changes_nothing<Plain, nn::RmsProp>({}, 0xc54eb7e7u);
    poison_changes_nothing<Drawing, nn::Sgd>({.rate = 0.1f}, 0x3d1216f5u);
    poison_changes_nothing<Drawing, nn::Sgd, 4>({.rate = 0.1f}, 0xc16a25ecu);
    huge_inputs<Plain, nn::Adam, 3>({}, 0xaa863bb1u, 0);
    huge_inputs<Plain, nn::WeightDecay<nn::Momentum>>({{.rate = 10}, 0.04f}, 0x46d99543u, 40);
    huge_inputs<Convolving, nn::Sgd, 3>({.rate = 0.1f}, 0x0be6dd17u, 42);
    huge_inputs<Convolving, nn::Momentum>({.rate = 0.1f}, 0x8e5d1753u, 46);
    huge_inputs<Drawing, nn::RmsProp>({.rate = 10}, 0x53f83e12u, 26);
  }
}

}  // namespace

int main() {
  poison_changes_nothing<Plain, nn::Sgd>({.rate = 0.1f}, 0x7e00482du);
  poison_changes_nothing<Plain, nn::Momentum>({.rate = 0.1f, .nesterov = true}, 0x4b26a87du);
  poison_changes_nothing<Plain, nn::WeightDecay<nn::Adam>, 4>({{}, 0.001f}, 0x42d93623u);
  huge_inputs<Plain, nn::Sgd>({.rate = 0.1f}, 0xacc7d0abu, 30);
  huge_inputs<Convolving, nn::Sgd>({.rate = 0.1f}, 0x8cafc85bu, 46);
  overflow_is_undone();
  unsound<nn::Sgd>({.rate = no_number});
  unsound<nn::Sgd>({.rate = -infinity});
  unsound<nn::Sgd>({.rate = 1e5f});
  unsound<nn::Momentum>({.rate = 0.01f, .momentum = 1});
  unsound<nn::RmsProp>({.epsilon = 0});
  unsound<nn::RmsProp>({.smoothing = 1.5f});
  unsound<nn::Adam>({.epsilon = 0});
  unsound<nn::Adam>({.beta1 = 1});
  unsound<nn::Adam>({.beta2 = no_number});
  unsound<nn::WeightDecay<nn::Sgd>>({{.rate = 1}, 0.6f});
  large_factors();
  targets();
  others<BRIEF>();
  return expectations_failed();
}
