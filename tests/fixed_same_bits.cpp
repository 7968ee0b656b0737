// Every core computes the same bits in fixed point: functions over all inputs of a 16-bit format, and trained parameters,
// against checksums found on the host.
#include <cstdint>

#include "any_cross_entropy.hpp"
#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

using X = nn::Fixed<16, 10>;

// Of f over all 65,536 inputs: FNV-1a, a word at a time, which takes fewer instructions than a CRC.
template <class To>
std::uint32_t checksum_of(To (*f)(X)) {
  std::uint32_t hash = 0x811c9dc5u;
  for (std::int32_t raw = -32768; raw < 32768; ++raw)
    hash = (hash ^ static_cast<std::uint32_t>(f(X{static_cast<std::int16_t>(raw)}).raw)) * 0x01000193u;
  return hash;
}

template <class A, class Last>
using Net = nn::Network<A, nn::Input<20>, nn::Dense<12>, nn::Tanh, nn::Dropout<10>, nn::Dense<9>, nn::Relu, nn::Dense<4>, Last>;
template <class A, class Hidden, class Last>
using Small = nn::Network<A, nn::Input<8>, nn::Dense<6>, Hidden, nn::Dense<4>, Last>;

// Weights of one layer are rounded at random, the others to the nearest.
template <class Last>
using Mixed = nn::Network<nn::Fixed16, nn::Input<8>, nn::Dense<6>, nn::Relu, nn::With<nn::Fixed16Stochastic, nn::Dense<4>>, Last>;

// Of 8 bits, through each way that a gradient takes to a weight.
template <class A>
using Eight = nn::Network<A, nn::Input<9, 9, 1>, nn::Conv2d<3, 3, 3>, nn::MaxPool2d<2, 2>, nn::Relu, nn::Flatten, nn::Dense<9>,
                          nn::Relu, nn::Dense<4>, nn::Softmax>;

// Networks that run no other kernels than those of main(): on this machine and on one board.
template <bool Brief>
void others() {
  using nn::Fixed16, nn::Fixed16Stochastic, nn::Fixed32, nn::Fixed8Stochastic;
  if constexpr (!Brief) {
    expect_equal(trained<Net<Fixed16, nn::Sigmoid>, nn::BinaryCrossEntropy, nn::Momentum, 4>(
                     {.rate = 0.02f, .nesterov = true}, 50),
                 0x35a3adf9u);
    expect_equal(trained<Net<Fixed16, nn::LeakyRelu<>>, nn::SumSquaredError, nn::RmsProp, 3>({}, 50), 0x831e54e0u);
    expect_equal(trained<Small<Fixed32, nn::Sigmoid, nn::Softmax>, nn::BinaryCrossEntropy, nn::Adam, 4>({}, 50), 0xaeacbdc0u);
    expect_equal(trained<Small<Fixed16, nn::Softplus, nn::Sigmoid>, AnyCrossEntropy, nn::Momentum>({.rate = 0.02f}, 100),
                 0x6a988ca4u);
    expect_equal(
        trained<Small<Fixed32, nn::Softmax, nn::Tanh>, nn::MeanSquaredError, nn::WeightDecay<nn::RmsProp>>({{}, 0.001f}, 100),
        0xdddbc078u);
    expect_equal(trained<Mixed<nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 100), 0xd9d141c1u);
    expect_equal(trained<Small<Fixed8Stochastic, nn::Relu, nn::Softmax>, nn::CrossEntropy, nn::Momentum, 4>({.rate = 0.02f}, 50),
                 0x8bbc4388u);
  }
}

}  // namespace

int main() {
  using nn::Fixed16, nn::Fixed16Stochastic, nn::Fixed32, nn::Fixed8Stochastic;
  expect_equal(checksum_of<nn::Fixed<16, 7>>(nn::exp), 0xaca1ecb4u);
  expect_equal(checksum_of<nn::Fixed<16, 10>>(nn::log), 0xf51e1c04u);
  expect_equal(checksum_of<nn::Fixed<16, 15>>(nn::sigmoid), 0xeffd6c28u);
  expect_equal(checksum_of<nn::Fixed<16, 15>>(nn::tanh), 0xc6642a95u);
  expect_equal(checksum_of<nn::Fixed<32, 24>>(nn::softplus), 0xdd8cb08du);
  expect_equal(checksum_of<nn::Fixed<32, 16>>(nn::reciprocal), 0x0ec6176eu);
  expect_equal(checksum_of<nn::Fixed<32, 24>>(nn::reciprocal_square_root), 0xe08e4524u);
  expect_equal(checksum_of<nn::Fixed<16, 12>>(nn::square_root), 0xf7631682u);

  expect_equal(trained<Net<Fixed16, nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 1000), 0x1c039222u);
  expect_equal(trained<Net<Fixed16Stochastic, nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 1000), 0x6076f1abu);
  expect_equal(trained<Net<Fixed32, nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 100), 0xbeffadc1u);
  expect_equal(trained<Net<Fixed16Stochastic, nn::Softplus>, nn::MeanSquaredError, nn::Adam>({}, 100), 0xbce8170au);
  expect_equal(trained<Small<Fixed16, nn::LeakyRelu<>, nn::Softmax>, nn::CrossEntropy, nn::WeightDecay<nn::Sgd>, 4>(
                   {{.rate = 0.05f}, 0.001f}, 50),
               0xbfbbb6fau);
  expect_equal(trained<Net<Fixed8Stochastic, nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 1000), 0xe3990725u);
  expect_equal(trained<Eight<Fixed8Stochastic>, nn::CrossEntropy, nn::Sgd>({.rate = 0.02f}, 50), 0xdcc42da1u);
  others<BRIEF>();
  return expectations_failed();
}
