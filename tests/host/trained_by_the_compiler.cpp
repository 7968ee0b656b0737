// XOR, learnt by the compiler: forward and backward are constant expressions.
#include <array>

#include "nn/nn.hpp"

namespace {

using Xor = nn::Network<float, nn::Input<2>, nn::Dense<3>, nn::Tanh, nn::Dense<1>, nn::Sigmoid>;

struct Outcome {
  float loss;
  std::array<bool, 4> answers;
};

constexpr Outcome outcome = [] {
  constexpr std::array<std::array<float, 2>, 4> x{{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
  constexpr std::array<std::array<float, 1>, 4> t{{{0}, {1}, {1}, {0}}};
  nn::Trainer<Xor, nn::BinaryCrossEntropy, nn::Sgd> trainer{{.rate = 0.5f}, 1, nn::Glorot{}};
  Outcome result{};
  for (int epoch = 0; epoch < 300; ++epoch) {
    result.loss = 0;
    for (std::size_t i = 0; i < 4; ++i) result.loss += trainer.step(x[i], t[i]);
  }
  for (std::size_t i = 0; i < 4; ++i) result.answers[i] = Xor::forward(trainer.parameters, x[i])[0] > 0.5f;
  return result;
}();

static_assert(outcome.loss < 0.1f, "the compiler trained XOR");
static_assert(outcome.answers == std::array{false, true, true, false}, "and all four answers are right");

}  // namespace

int main() {}
