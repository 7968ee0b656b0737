// With: layers in formats of their own learn together, are told apart by the fingerprint and stored in the size they have.
#include <array>
#include <type_traits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using nn::Fixed16, nn::Fixed32, nn::Fixed8;

// 16 bits; the first layer finer, the last in 32 bits.
using Fine = nn::FixedPoint<nn::Format{.weight = 14, .activation = 11, .gradient = 14}>;
template <class A>
using Mixed = nn::Network<A, nn::Input<4>, nn::With<Fine, nn::Dense<6>>, nn::Tanh, nn::With<Fixed32, nn::Dense<3>>, nn::Softmax>;
template <class A>
using Uniform = nn::Network<A, nn::Input<4>, nn::Dense<6>, nn::Tanh, nn::Dense<3>, nn::Softmax>;
using Net = Mixed<Fixed16>;

// Each layer has its own formats, and reads those of the layer before.
static_assert(std::is_same_v<Net::ArithmeticAt<0>::Weight, nn::Fixed<16, 14>>);
static_assert(std::is_same_v<Net::ArithmeticAt<0>::Input, nn::Fixed<16, 10>>, "the input is the network's");
static_assert(std::is_same_v<Net::ArithmeticAt<1>::Input, nn::Fixed<16, 11>>);
static_assert(std::is_same_v<Net::ArithmeticAt<1>::InputGradient, nn::Fixed<16, 14>>);
static_assert(std::is_same_v<Net::ArithmeticAt<1>::Activation, nn::Fixed<16, 10>>);
static_assert(std::is_same_v<Net::ArithmeticAt<2>::Weight, nn::Fixed<32, 24>>);
static_assert(std::is_same_v<Net::OutputNumber, nn::Fixed<16, 10>>, "softmax is in 16 bits again");
static_assert(sizeof(Net::Parameters) == 2 * 24 + 4 * 6 + 4 * 18 + 4 * 3);

// Topology and formats, layer by layer, make the fingerprint; how gradients are held and updates rounded does not.
static_assert(Net::fingerprint != Uniform<Fixed16>::fingerprint && Net::fingerprint != Uniform<Fine>::fingerprint);
static_assert(Uniform<Fixed16>::fingerprint != Uniform<Fixed32>::fingerprint &&
              Uniform<Fixed16>::fingerprint != Uniform<float>::fingerprint);
static_assert(Uniform<Fixed16>::fingerprint == Uniform<nn::Fixed16Stochastic>::fingerprint);
static_assert(nn::Network<Fixed16, nn::Input<4>, nn::With<Fine, nn::Dense<4>>, nn::Dense<4>>::fingerprint !=
              nn::Network<Fixed16, nn::Input<4>, nn::Dense<4>, nn::With<Fine, nn::Dense<4>>>::fingerprint);
static_assert(nn::Network<Fixed16, nn::Input<4>, nn::With<Fixed16, nn::Dense<4>>>::fingerprint ==
              nn::Network<Fixed16, nn::Input<4>, nn::Dense<4>>::fingerprint, "a With that says nothing new changes nothing");

// What is for inference learns in 16 bits, the layers with formats of their own too.
using Small = nn::FixedPoint<nn::Format{.bits = 8, .weight = 7, .activation = 4}>;
using Inferring = nn::Network<Fixed8, nn::Input<4>, nn::With<Small, nn::Dense<6>>, nn::With<Fine, nn::Dense<3>>>;
static_assert(!Inferring::learns && Inferring::Learning::learns && Net::learns);
static_assert(!nn::Network<Fixed16, nn::Input<4>, nn::With<Small, nn::Dense<6>>>::learns, "one such layer suffices");
static_assert(std::is_same_v<Inferring::Learning,
                             nn::Network<Fixed16, nn::Input<4>, nn::With<Fixed16, nn::Dense<6>>, nn::With<Fine, nn::Dense<3>>>>);
static_assert(std::is_same_v<Net::Learning, Net> && std::is_same_v<Uniform<float>::Learning, Uniform<float>>);

// y = 2·3 - 1·4 + 10 in formats of 8 bits, then halved by a layer of 16: 6 in between, 12 saturated at 7.9375 before.
using Narrow = nn::FixedPoint<nn::Format{.bits = 8, .weight = 4, .activation = 4}>;
using Chain = nn::Network<Fixed16, nn::Input<2>, nn::With<Narrow, nn::Dense<1>>, nn::Dense<1>>;
constexpr Chain::Parameters chain(float bias) {
  Chain::Parameters p{};
  nn::get<0>(p) = {.weight = {{{nn::number<nn::Fixed<8, 4>>(2.0f), nn::number<nn::Fixed<8, 4>>(-1.0f)}}},
                   .bias = {nn::number<nn::Fixed<32, 14>>(bias)}};
  nn::get<1>(p).weight[0][0] = nn::number<nn::Fixed<16, 13>>(0.5f);
  return p;
}
constexpr Chain::Input x{nn::number<nn::Fixed<16, 10>>(3.0f), nn::number<nn::Fixed<16, 10>>(4.0f)};
static_assert(static_cast<float>(Chain::forward(chain(4), x)[0]) == 3);
static_assert(static_cast<float>(Chain::forward(chain(10), x)[0]) == 7.9375f / 2);

// Class k has an input of 1 at place k.
template <class N>
typename N::Parameters learns() {
  nn::Trainer<N, nn::CrossEntropy> trainer{{.rate = 0.25f}, 2, nn::Glorot{}};
  using Sample = typename decltype(trainer)::Sample;
  std::array<typename N::Input, 3> inputs{};
  for (std::size_t k = 0; k < 3; ++k) inputs[k][k] = nn::number<typename N::InputNumber>(1.0f);
  const std::array samples{Sample{inputs[0], 0}, Sample{inputs[1], 1}, Sample{inputs[2], 2}};
  const float before = trainer.evaluate(samples).loss;
  for (int i = 0; i < 200; ++i)
    for (const Sample& sample : samples) trainer.step(sample.input, sample.target);
  const auto after = trainer.evaluate(samples);
  expect(after.loss < before / 10 && after.accuracy == 1);
  // Inference gives the classes, too.
  for (std::size_t k = 0; k < 3; ++k) {
    const auto y = N::forward(trainer.parameters, inputs[k]);
    expect(nn::decision(std::span{std::as_const(y)}, typename N::OutputNumber{}) == k);
  }
  return trainer.parameters;
}

// What is stored is read back, bit by bit, and refused by the same topology in other formats.
template <class N, class Other>
void stores() {
  using Image = nn::Image<N>;
  const auto parameters = learns<N>();
  std::array<std::byte, Image::size(0)> bytes{};
  expect(Image::write(parameters, {}, bytes) == nn::ImageStatus::ok);
  typename N::Parameters found{};
  typename Image::Normalizations normalization{};
  expect(Image::read(bytes, found, normalization) == nn::ImageStatus::ok);
  expect(nn::checksum(found) == nn::checksum(parameters));
  typename Other::Parameters others{};
  typename nn::Image<Other>::Normalizations other_normalization{};
  expect(nn::Image<Other>::read(bytes, others, other_normalization) == nn::ImageStatus::other_network);
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    bytes[k] ^= std::byte{0x10};
    expect(Image::read(bytes, found, normalization) != nn::ImageStatus::ok);
    bytes[k] ^= std::byte{0x10};
  }
}
static_assert(nn::Image<Net>::size(0) == 20 + 4 + sizeof(Net::Parameters) + 4, "a number takes as many bytes as its format");

}  // namespace

int main() {
  stores<Net, Uniform<Fixed16>>();
  stores<Uniform<Fixed16>, Net>();
  stores<Uniform<Fixed32>, Uniform<Fixed16>>();
  stores<Uniform<nn::Fixed16Stochastic>, Mixed<nn::Fixed16Stochastic>>();
  return expectations_failed();
}
