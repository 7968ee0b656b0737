// Watched<A> trains to the same bits as A and notes how far numbers go; what is not watched takes no room.
#include <array>
#include <string_view>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

template <class A>
using Net = nn::Network<A, nn::Input<6>, nn::Dense<5>, nn::Tanh, nn::Dense<3>, nn::Softmax>;
template <class A>
using Values = nn::Network<A, nn::Input<6>, nn::Dense<5>, nn::Softplus, nn::Dense<3>, nn::Sigmoid>;

// Nothing but the ranges is added; unwatched, the Trainer is its parameters, outputs, their gradients, rate, frozen layers and
// count of refusals.
template <class A>
using Plain = nn::Trainer<Net<A>, nn::CrossEntropy>;
static_assert(sizeof(Plain<nn::Fixed16>) == 2 * (6 * 5 + 5 * 3) + 4 * (5 + 3) + 2 * (5 + 3) + 2 * (5 + 3) + 4 + 4 + 4 + 2,
              "2 of alignment");
static_assert(sizeof(Plain<nn::Watched<nn::Fixed16>>) - sizeof(Plain<nn::Fixed16>) <= 3 * sizeof(nn::LayerRanges) + 8);
static_assert(Net<nn::Watched<nn::Fixed16>>::fingerprint == Net<nn::Fixed16>::fingerprint, "parameters can be exchanged");

template <class A, template <class> class N, class Loss, class Optimizer, std::size_t Batch = 1>
void same_bits(const Optimizer& settings) {
  expect_equal(trained<N<nn::Watched<A>>, Loss, Optimizer, Batch>(settings, 50),
               trained<N<A>, Loss, Optimizer, Batch>(settings, 50));
}

// One weight of 1 and an input of 8: y = 8 is beyond Fixed<16, 13>, at every pass.
using Narrow = nn::Watched<nn::FixedPoint<nn::Format{.weight = 12, .activation = 13, .input = 10}>>;
using One = nn::Network<Narrow, nn::Input<1>, nn::Dense<1>>;
constexpr std::array<One::InputNumber, 1> eight{nn::number<One::InputNumber>(8.0f)};
constexpr std::array<One::OutputNumber, 1> zero{};
constexpr One::Parameters identity{{{.weight = {{{nn::number<nn::Fixed<16, 12>>(1.0f)}}}, .bias = {}}}};

void activations_saturate() {
  nn::Trainer<One, nn::SumSquaredError> trainer{{.rate = 0}, identity};
  for (int i = 0; i < 3; ++i) trainer.step(eight, zero);
  const nn::LayerRanges& layer = trainer.ranges[0];
  expect(layer.activation.saturated == 3 && layer.activation.largest == 8);
  // y = 4, and g = 2·4 is beyond Fixed<16, 13> too
  expect(layer.gradient.saturated == 3 && layer.gradient.largest > 7.99f && layer.gradient.largest <= 8);
  expect(layer.weight.saturated == 0 && layer.bias.saturated == 0 && layer.step.saturated == 0);
  expect(layer.saturated() == 6);
}

// Steps that are too large: g = 4, so 200·g is beyond the ±512 of a bias and takes it from 0 to -512, in range; the weight
// goes by 200·g·x = 6,400 to its lowest, -8.
void parameters_saturate() {
  nn::Trainer<One, nn::SumSquaredError> trainer{{.rate = 200}, identity};
  trainer.step(eight, zero);
  const nn::LayerRanges& layer = trainer.ranges[0];
  expect((nn::get<0>(trainer.parameters).weight[0][0] == nn::Fixed<16, 12>::lowest()));
  expect(layer.weight.saturated == 1 && layer.step.saturated == 1 && layer.bias.saturated == 0);
  expect(static_cast<float>(nn::get<0>(trainer.parameters).bias[0]) == -512);
}

// A sum of gradients of 4·32 = 128 each is beyond ±256 with the third; the activation saturates in each of four passes.
void sums_saturate() {
  using Steep = nn::Watched<nn::FixedPoint<nn::Format{.activation = 13, .input = 10}>>;
  using Net = nn::Network<Steep, nn::Input<1>, nn::Dense<1>>;
  constexpr std::array<Net::InputNumber, 1> x{Net::InputNumber::highest()};
  nn::Trainer<Net, nn::SumSquaredError, nn::Sgd, 4> trainer{
      {.rate = 0}, Net::Parameters{{{.weight = {{{nn::Fixed<16, 13>::highest()}}}, .bias = {}}}}};
  using Sample = decltype(trainer)::Sample;
  const Sample sample{x, zero};
  trainer.step(std::array{sample, sample, sample, sample});
  expect(trainer.ranges[0].parameter_gradient.saturated == 2);
  expect(trainer.ranges[0].activation.saturated == 4 && trainer.ranges[0].gradient.saturated == 4);
}

// Formats that suffice: nothing saturates, and the table says so.
void nothing_saturates() {
  nn::Trainer<Net<nn::Watched<nn::Fixed16>>, nn::CrossEntropy> trainer{{.rate = 0.125f}, 1};
  const std::array<nn::Fixed<16, 10>, 6> x{nn::number<nn::Fixed<16, 10>>(1.0f), nn::number<nn::Fixed<16, 10>>(-0.5f)};
  for (std::size_t i = 0; i < 20; ++i) trainer.step(x, i % 3);
  for (const nn::LayerRanges& layer : trainer.ranges) expect(layer.saturated() == 0);
  expect(trainer.ranges[0].weight.largest > 0 && trainer.ranges[0].activation.largest > 0 &&
         trainer.ranges[1].activation.largest > 0);
  expect(trainer.ranges[1].gradient.largest > 0 && trainer.ranges[2].gradient.largest > 0);
  int lines = 0;
  nn::print_ranges(trainer, [&](std::string_view text) {
    for (char c : text) lines += c == '\n' ? 1 : 0;
  });
  expect(lines == 4);
}

// Notes go to the Trainer at work only, and nowhere after it.
void notes_end() {
  expect(nn::Watch::layer == nullptr && nn::Watch::before == nullptr);
  nn::Trainer<One, nn::SumSquaredError> trainer{{.rate = 0}, identity}, idle{{.rate = 0}, identity};
  trainer.step(eight, zero);
  One::forward(identity, eight);
  expect(nn::Watch::layer == nullptr && trainer.ranges[0].activation.saturated == 1 && idle.ranges[0].saturated() == 0);
}

}  // namespace

int main() {
  same_bits<float, Net, nn::CrossEntropy, nn::Sgd>({.rate = 0.1f});
  same_bits<float, Net, nn::CrossEntropy, nn::Adam, 4>({});
  same_bits<nn::Fixed16, Net, nn::CrossEntropy, nn::Sgd>({.rate = 0.1f});
  same_bits<nn::Fixed16Stochastic, Net, nn::CrossEntropy, nn::Sgd>({.rate = 0.1f});
  same_bits<nn::Fixed16, Values, nn::BinaryCrossEntropy, nn::Momentum, 4>({.rate = 0.1f, .nesterov = true});
  same_bits<nn::Fixed32, Values, nn::MeanSquaredError, nn::RmsProp>({});
  same_bits<nn::Fixed16, Values, nn::MeanSquaredError, nn::WeightDecay<nn::Adam>>({{}, 0.01f});
  activations_saturate();
  parameters_saturate();
  sums_saturate();
  nothing_saturates();
  notes_end();
  return expectations_failed();
}
