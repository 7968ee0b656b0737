// Training in fixed point: each optimizer by hand, RowStep against integers, and XOR, learnt with all four answers right.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using nn::Fixed, nn::Fixed16, nn::Fixed32, nn::number;
using K = target::Kernels;
using Moment = Fixed16::Moment;
using Weight = Fixed16::Weight;
using Gradient = Fixed16::ParameterGradient;

constexpr Moment moment(float x) { return number<Moment>(x); }

// One step of one weight of 1.
constexpr float updated(const auto& optimizer, float g, auto&... kept) {
  const auto w = number<Weight>(1.0f);
  return static_cast<float>(Fixed16::parameter<Weight>(
      w - Fixed16::step(optimizer.template step<Fixed16, K>(w, number<Gradient>(g), kept...)), nn::Nearest{}));
}

static_assert(updated(nn::Sgd{.rate = 0.5f}, 0.25f) == 0.875f, "w - rate·g");
static_assert(updated(nn::Sgd{.rate = 0.5f}, -100) == 0x1.fffcp1f, "a step of 16 takes a weight to its highest");
static_assert(updated(nn::WeightDecay<nn::Sgd>{{.rate = 0.5f}, 0.5f}, 0.25f) == 0.625f, "w - rate·(g + decay·w)");
static_assert([] {
  Moment v = moment(0.5f);
  return updated(nn::Momentum{.rate = 0.5f, .momentum = 0.5f}, 1, v) == 0.75f && v == moment(-0.25f);
}(), "v = momentum·v - rate·g, w + v");
static_assert([] {
  Moment v = moment(0.5f);
  return updated(nn::Momentum{.rate = 0.5f, .momentum = 0.5f, .nesterov = true}, 1, v) == 1 - 0.125f - 0.5f &&
         v == moment(-0.25f);
}(), "w + momentum·v - rate·g with the new v");
static_assert([] {
  Moment root{};
  const float w = updated(nn::RmsProp{.rate = 0.125f, .smoothing = 0.75f, .epsilon = 0}, 2, root);
  return w == 0.75f && root == moment(1);
}(), "√m = √(0.25·4), w - 0.125·2/1");
static_assert([] {
  nn::Adam adam{.rate = 0.125f};
  Moment m{}, root{};
  adam.begin_step();
  const float w = updated(adam, 3, m, root);
  return w > 0.8745f && w < 0.8755f;
}(), "the first step of Adam is the rate, whatever the size of g");

// m·x / 2^k against -rate·g·x, for all sizes: within 2^-14 and half a step of a weight.
void row_steps() {
  nn::Random random{1};
  for (int i = 0; i < 20'000; ++i) {
    const nn::Factor rate{static_cast<std::int32_t>(1u << 14 | random.below(1u << 14)), 10 + static_cast<int>(random.below(24))};
    const Fixed<16, 13> g{static_cast<std::int16_t>(static_cast<std::int32_t>(random.next()) >> (16 + random.below(16)))};
    const std::int32_t x = static_cast<std::int32_t>(random.next()) >> (16 + random.below(16));
    const nn::RowStep step = nn::RowStep::of(rate, g, 10, 13);
    expect(step.m > -32768 && step.m < 32768 && step.k >= 1 && step.k <= 30);
    const std::int32_t change = nn::Nearest{}(step.m * x, step.k);
    // -rate·g·x has shift + 10 fraction bits more than a weight
    const std::int64_t exact = -std::int64_t{rate.mantissa} * g.raw * x;
    const int more = rate.shift + 10;
    const std::int64_t size = exact < 0 ? -exact : exact;
    if ((size >> more) > 16000) continue;  // beyond half the range of a weight
    const std::int64_t off = (std::int64_t{change} << more) - exact;
    expect((off < 0 ? -off : off) <= (std::int64_t{1} << (more - 1)) + (size >> 14) + 1);
  }
}

template <class A>
constexpr std::array<std::array<typename A::Activation, 2>, 4> corners = [] {
  constexpr typename A::Activation zero{};
  return std::array<std::array<typename A::Activation, 2>, 4>{{{zero, zero}, {zero, A::one}, {A::one, zero}, {A::one, A::one}}};
}();
constexpr std::array<std::size_t, 4> answers{0, 1, 1, 0};

template <class A, class Hidden, class Optimizer = nn::Sgd>
[[gnu::noinline]] void learns_xor(const Optimizer& optimizer, int epochs) {
  using Net = nn::Network<A, nn::Input<2>, nn::Dense<3>, Hidden, nn::Dense<2>, nn::Softmax>;
  nn::Trainer<Net, nn::CrossEntropy, Optimizer> trainer{optimizer, 1, nn::Glorot{}};
  for (int epoch = 0; epoch < epochs; ++epoch)
    for (std::size_t i = 0; i < 4; ++i) trainer.step(corners<A>[i], answers[i]);
  nn::Inference<Net> net{trainer.parameters};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto y = net(corners<A>[i]);
    expect(nn::decision(y, typename A::Activation{}) == answers[i]);
    expect(static_cast<float>(y[answers[i]]) > 0.8f);
  }
}

// A single output, from the loss of yes and no.
template <class A>
[[gnu::noinline]] void learns_xor_with_one_output() {
  using Net = nn::Network<A, nn::Input<2>, nn::Dense<8>, nn::Tanh, nn::Dense<1>, nn::Sigmoid>;
  nn::Trainer<Net, nn::BinaryCrossEntropy> trainer{{.rate = 0.25f}, 1, nn::Glorot{}};
  const std::array<std::array<typename A::Activation, 1>, 2> targets{{{}, {A::one}}};
  for (int epoch = 0; epoch < 400; ++epoch)
    for (std::size_t i = 0; i < 4; ++i) trainer.step(corners<A>[i], targets[answers[i]]);
  for (std::size_t i = 0; i < 4; ++i) {
    const float y = static_cast<float>(Net::forward(trainer.parameters, corners<A>[i])[0]);
    expect(answers[i] == 1 ? y > 0.8f : y < 0.2f);
  }
}

}  // namespace

int main() {
  row_steps();
  learns_xor<Fixed16, nn::Tanh>(nn::Sgd{.rate = 0.25f}, 500);
  learns_xor<Fixed16, nn::Sigmoid>(nn::Sgd{.rate = 0.5f}, 2000);
  learns_xor<nn::Fixed16Stochastic, nn::Tanh>(nn::Sgd{.rate = 0.25f}, 500);
  learns_xor<Fixed32, nn::Tanh>(nn::Sgd{.rate = 0.25f}, 500);
  learns_xor<Fixed16, nn::Tanh>(nn::Momentum{.rate = 0.03f, .nesterov = true}, 500);
  learns_xor<Fixed16, nn::Tanh>(nn::RmsProp{.rate = 0.01f}, 500);
  learns_xor<Fixed16, nn::Tanh>(nn::Adam{.rate = 0.01f}, 500);
  learns_xor_with_one_output<Fixed16>();
  learns_xor_with_one_output<Fixed32>();
  return expectations_failed();
}
