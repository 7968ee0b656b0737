// Backward against central differences, (L(p + h) - L(p - h)) / 2h, in double: every layer, loss and pairing.
#include <array>

#include "any_cross_entropy.hpp"
#include "expect.hpp"
#include "gradients.hpp"
#include "nn/nn.hpp"

namespace {

constexpr std::size_t inputs = 6;
constexpr std::size_t outputs = 3;

template <class Net, class Loss>
void check() {
  using Trainer = nn::Trainer<Net, Loss, nn::Sgd>;
  nn::Random random{4};
  std::array<double, inputs> x{};
  for (double& value : x) value = 2 * double(random.uniform()) - 1;
  const std::array<double, outputs> values{0.25, 1, 0};
  const auto target = [&]() -> typename Trainer::Target {
    if constexpr (std::is_same_v<typename Trainer::Target, std::size_t>) return 1;
    else return values;
  }();

  Trainer start{nn::Sgd{.rate = 0}, 3, nn::Glorot{}};
  // Biases off 0, so that no ReLU sits on its kink.
  nn::for_each_row([&](auto& row) { for (double& w : row) w += 0.1 * double(random.uniform()); }, start.parameters);
  gradients::check_against_differences<Net, Trainer>(start.parameters, x, target);
}

template <class Hidden, class Last, class Loss>
void check_chain() {
  check<nn::Network<double, nn::Input<inputs>, nn::Dense<9>, Hidden, nn::Dense<5>, Hidden, nn::Dense<outputs>, Last>, Loss>();
}

// A gradient that the last layer and its loss make together, and one that each makes apart.
template <class Hidden>
void check_hidden() {
  check_chain<Hidden, nn::Softmax, nn::CrossEntropy>();
  check_chain<Hidden, nn::Tanh, nn::MeanSquaredError>();
}

template <class Hidden>
void check_ends() {
  check_chain<Hidden, nn::Sigmoid, nn::BinaryCrossEntropy>();
  check_chain<Hidden, nn::Softmax, nn::MeanSquaredError>();
  check_chain<Hidden, nn::Sigmoid, nn::SumSquaredError>();
  check_chain<Hidden, nn::Softplus, nn::SumSquaredError>();
  check_chain<Hidden, nn::Softmax, nn::BinaryCrossEntropy>();
  check_chain<Hidden, nn::Sigmoid, AnyCrossEntropy>();
}

}  // namespace

int main() {
  check_hidden<nn::Relu>();
  check_hidden<nn::LeakyRelu<3>>();
  check_hidden<nn::Sigmoid>();
  check_hidden<nn::Tanh>();
  check_hidden<nn::Softplus>();
  check_hidden<nn::Elu>();
  check_hidden<nn::Gelu>();
  check_hidden<nn::Silu>();
  check_hidden<nn::HardSigmoid>();
  check_hidden<nn::HardSwish>();
  check_hidden<nn::Softmax>();
  // Dropout of 0 % passes its gradient on; its mask is tested in trainer.cpp.
  check_hidden<nn::Dropout<0>>();
  check_ends<nn::Relu>();
  check_ends<nn::Tanh>();
  return expectations_failed();
}
