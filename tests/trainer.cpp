// The trainer: what it holds, how batches, freezing, evaluation and the fused losses behave.
#include <array>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Digits = nn::Network<float, nn::Input<8, 8, 1>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>;

// Plain SGD with batch 1: parameters, outputs and their gradients, the rate, the numbers of frozen layers and refused samples.
// Nothing else.
constexpr std::size_t parameters = 4 * (64 * 32 + 32 + 32 * 10 + 10);
static_assert(sizeof(Digits::Parameters) == parameters);
static_assert(sizeof(nn::Trainer<Digits, nn::CrossEntropy>) <= parameters + 4 * (32 + 10) + 4 * (32 + 10) + 12);
static_assert(nn::cost<Digits>.training_bytes + 12 == sizeof(nn::Trainer<Digits, nn::CrossEntropy>));
// Momentum adds one copy, Adam two, a batch one gradient.
template <class Optimizer, std::size_t Batch = 1>
constexpr std::size_t room = sizeof(nn::Trainer<Digits, nn::CrossEntropy, Optimizer, Batch, nn::Portable>);
static_assert(room<nn::Momentum> - room<nn::Sgd> <= parameters + 8);
static_assert(room<nn::Adam> - room<nn::Sgd> <= 2 * parameters + 24);
static_assert(room<nn::Sgd, 32> - room<nn::Sgd> == parameters);

// The workspace of inference: the largest input and output of a layer side by side.
static_assert(sizeof(Digits::Workspace) == 4 * (32 + 10));
static_assert(nn::cost<Digits>.macs == 64 * 32 + 32 * 10);
static_assert(nn::cost<Digits>.layers[0].parameters == 64 * 32 + 32);
static_assert(nn::cost<Digits>.layers[0].flash_bytes == 4 * (64 * 32 + 32));
static_assert(nn::cost<Digits>.layers[2].workspace_bytes == 4 * (32 + 10));
static_assert(nn::cost<Digits>.layers[2].training_bytes == 4 * (32 * 10 + 10) + 4 * 10);

// Tanh reads its output in backward, so the dropout after it must not work in place; a ReLU after Dense does.
using Dropped = nn::Network<float, nn::Input<5>, nn::Dense<7>, nn::Tanh, nn::Dropout<50>, nn::Dense<3>, nn::Relu>;
static_assert(sizeof(nn::TrainingPlan<Dropped, nn::MeanSquaredError>::OutputBuffers) == 4 * (7 + 7 + 3));

// Gelu reads its input in backward: in training its output has memory of its own, in inference it is in place.
using Smooth = nn::Network<float, nn::Input<5>, nn::Dense<7>, nn::Gelu, nn::Dense<3>, nn::Relu>;
static_assert(sizeof(nn::TrainingPlan<Smooth, nn::MeanSquaredError>::OutputBuffers) == 4 * (7 + 7 + 3));
static_assert(sizeof(Smooth::Workspace) == 4 * (7 + 3));

using Small = nn::Network<float, nn::Input<4>, nn::Dense<5>, nn::Tanh, nn::Dense<3>, nn::Softmax>;
using Trainer = nn::Trainer<Small, nn::CrossEntropy, nn::Sgd>;
constexpr std::array<float, 4> first{0.5f, -1, 0.25f, 2};
constexpr std::array<float, 4> second{-0.5f, 1, 0.75f, -1};

// A batch of the same sample twice moves as far as the sample alone.
template <class Optimizer>
void batch_is_the_mean() {
  Optimizer settings{};
  settings.rate = 0.125f;
  nn::Trainer<Small, nn::CrossEntropy, Optimizer> one{settings, 1};
  nn::Trainer<Small, nn::CrossEntropy, Optimizer, 2> two{settings, 1};
  using Sample = typename decltype(two)::Sample;
  const float single = one.step(first, 2);
  const float mean = two.step(std::array{Sample{first, 2}, Sample{first, 2}});
  expect(single == mean);
  const float a = nn::get<0>(one.parameters).weight[3][1];
  const float b = nn::get<0>(two.parameters).weight[3][1];
  expect(a - b < 1e-6f && b - a < 1e-6f);
}

void loss_falls() {
  Trainer trainer{{.rate = 0.1f}, 1};
  const float before = trainer.step(first, 0) + trainer.step(second, 1);
  for (int i = 0; i < 200; ++i) {
    trainer.step(first, 0);
    trainer.step(second, 1);
  }
  expect(trainer.step(first, 0) + trainer.step(second, 1) < before / 10);
}

void frozen_layers_stay() {
  Trainer trainer{{.rate = 0.1f}, 1};
  const auto start = trainer.parameters;
  trainer.freeze(2);
  trainer.step(first, 0);
  expect(nn::get<0>(trainer.parameters).weight == nn::get<0>(start).weight);
  expect(nn::get<0>(trainer.parameters).bias == nn::get<0>(start).bias);
  expect(nn::get<2>(trainer.parameters).weight != nn::get<2>(start).weight);
  trainer.freeze(0);
  trainer.step(first, 0);
  expect(nn::get<0>(trainer.parameters).weight != nn::get<0>(start).weight);

  nn::Trainer<Small, nn::CrossEntropy, nn::Adam, 2> batch{{}, start};
  using Sample = decltype(batch)::Sample;
  batch.freeze(1);
  batch.step(std::array{Sample{first, 2}, Sample{second, 0}});
  expect(nn::get<0>(batch.parameters).weight == nn::get<0>(start).weight);
  expect(nn::get<2>(batch.parameters).weight != nn::get<2>(start).weight);
}

// With softmax left to the loss, or differentiated as a layer of its own, the same step (but for rounding).
struct PlainCrossEntropy : nn::CrossEntropy {
  using Fuses = void;
};
void fused_is_unfused() {
  Trainer fused{{.rate = 0.1f}, 1};
  nn::Trainer<Small, PlainCrossEntropy, nn::Sgd> plain{{.rate = 0.1f}, 1};
  const float difference = fused.step(first, 1) - plain.step(first, 1);
  expect(difference < 1e-5f && difference > -1e-5f);
  const float moved = nn::get<0>(fused.parameters).weight[2][3] - nn::get<0>(plain.parameters).weight[2][3];
  expect(moved < 1e-5f && moved > -1e-5f);
}

// Logits of ±1000 neither overflow nor become NaN.
void large_logits() {
  using Two = nn::Network<float, nn::Input<1>, nn::Dense<2>, nn::Softmax>;
  nn::Trainer<Two, nn::CrossEntropy> trainer{{.rate = 0.0f}, Two::Parameters{{{.weight = {{{1000}, {-1000}}}, .bias = {}}}, {}}};
  const std::array<float, 1> x{1};
  expect(trainer.step(x, 0) == 0);
  expect(trainer.step(x, 1) == 2000);
  using One = nn::Network<float, nn::Input<1>, nn::Dense<1>, nn::Sigmoid>;
  nn::Trainer<One, nn::BinaryCrossEntropy> binary{{.rate = 0.0f}, One::Parameters{{{.weight = {{{1000}}}, .bias = {}}}, {}}};
  expect(binary.step(x, std::array<float, 1>{1}) == 0);
  expect(binary.step(x, std::array<float, 1>{0}) == 1000);
}

void evaluation() {
  using Identity = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
  nn::Trainer<Identity, nn::CrossEntropy> trainer{{}, Identity::Parameters{{{.weight = {{{1, 0}, {0, 1}}}, .bias = {}}}, {}}};
  using Sample = decltype(trainer)::Sample;
  const std::array<float, 2> left{3, 0};
  const std::array<float, 2> right{0, 3};
  const auto result = trainer.evaluate(std::array{Sample{left, 0}, Sample{left, 0}, Sample{left, 1}, Sample{right, 1}});
  expect(result.samples == 4 && result.right == 3 && result.accuracy == 0.75f);
  expect(result.confusion[0][0] == 2 && result.confusion[1][0] == 1 && result.confusion[1][1] == 1 &&
         result.confusion[0][1] == 0);
  expect(result.loss > 0.7f && result.loss < 0.9f);  // (3·log(1 + e^-3) + 3 + log(1 + e^-3)) / 4
  expect(trainer.evaluate(std::span<const Sample>{}).accuracy == 0);
}

// In training a share of the inputs is dropped and the rest scaled; the mean stays; evaluation drops nothing.
void dropout() {
  using Dropping = nn::Network<float, nn::Input<1000>, nn::Dropout<20>, nn::Dense<1>>;
  static nn::Trainer<Dropping, nn::SumSquaredError, nn::Sgd> trainer{{.rate = 0.001f}, 1, nn::Uniform{0}};
  static std::array<float, 1000> ones{};
  ones.fill(1);
  trainer.step(ones, std::array<float, 1>{0.5f});  // ∂L/∂W = 2·(0 - 0.5)·x, so every kept weight moves by 0.001·1.25
  int dropped = 0;
  for (float w : nn::get<1>(trainer.parameters).weight[0]) {
    expect(w == 0 || (w > 0.001249f && w < 0.001251f));
    dropped += w == 0 ? 1 : 0;
  }
  expect(dropped > 150 && dropped < 250);
  using Sample = decltype(trainer)::Sample;
  const std::array<float, 1> target{0};
  const auto once = trainer.evaluate(std::array{Sample{ones, target}});
  expect(once.loss == trainer.evaluate(std::array{Sample{ones, target}}).loss);
}

}  // namespace

int main() {
  batch_is_the_mean<nn::Sgd>();
  batch_is_the_mean<nn::WeightDecay<nn::Sgd>>();
  batch_is_the_mean<nn::Momentum>();
  batch_is_the_mean<nn::RmsProp>();
  batch_is_the_mean<nn::Adam>();
  loss_falls();
  frozen_layers_stay();
  fused_is_unfused();
  large_logits();
  evaluation();
  dropout();
  return expectations_failed();
}
