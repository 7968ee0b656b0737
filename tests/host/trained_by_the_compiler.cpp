// XOR, learnt by the compiler in float and in fixed point: forward and backward are constant expressions.
#include <array>

#include "nn/nn.hpp"

namespace {

template <class A>
using Xor = nn::Network<A, nn::Input<2>, nn::Dense<3>, nn::Tanh, nn::Dense<1>, nn::Sigmoid>;

struct Outcome {
  float loss;
  std::array<bool, 4> answers;
};

template <class Number>
constexpr Number bit(bool one) {
  return nn::number<Number>(one ? 1.0f : 0.0f);
}

template <class A>
constexpr Outcome outcome = [] {
  using Net = Xor<A>;
  using Number = typename Net::InputNumber;
  nn::Trainer<Net, nn::BinaryCrossEntropy, nn::Sgd> trainer{{.rate = 0.5f}, 1, nn::Glorot{}};
  const std::array<bool, 4> wanted{false, true, true, false};
  auto input = [](std::size_t i) { return typename Net::Input{bit<Number>(i / 2 != 0), bit<Number>(i % 2 != 0)}; };
  Outcome result{};
  for (int epoch = 0; epoch < 300; ++epoch) {
    result.loss = 0;
    for (std::size_t i = 0; i < 4; ++i)
      result.loss += static_cast<float>(trainer.step(input(i), typename Net::Output{bit<typename Net::OutputNumber>(wanted[i])}));
  }
  for (std::size_t i = 0; i < 4; ++i)
    result.answers[i] = static_cast<float>(Net::forward(trainer.parameters, input(i))[0]) > 0.5f;
  return result;
}();

constexpr std::array right{false, true, true, false};
static_assert(outcome<float>.loss < 0.1f, "the compiler trained XOR");
static_assert(outcome<float>.answers == right, "and all four answers are right");
static_assert(outcome<nn::Fixed16>.loss < 0.1f && outcome<nn::Fixed16>.answers == right, "in 16 bits, too");
static_assert(outcome<nn::Fixed16Stochastic>.answers == right, "and rounding at random");

}  // namespace

int main() {}
