// An optimizer chosen at run time learns what the same optimizer does that a program names: the same parameters, bit for bit, in
// float and in fixed point, with weight decay and limits.
#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "tools/train/network_learner.hpp"

namespace {

constexpr float unlimited = std::numeric_limits<float>::infinity();

template <class Number>
using Net = nn::Network<Number, nn::Input<5>, nn::Dense<7>, nn::Tanh, nn::Dense<3>, nn::Softmax>;

template <class Number>
std::uint32_t learnt(const auto& optimizer) {
  nn::Trainer<Net<Number>, nn::CrossEntropy, std::remove_cvref_t<decltype(optimizer)>, 2> trainer{optimizer, 1};
  nn::Random random{7};
  for (int step = 0; step < 9; ++step) {
    for (int sample = 0; sample < 3; ++sample) {
      typename Net<Number>::Input x;
      for (auto& number : x) number = nn::number<typename Net<Number>::InputNumber>(2 * random.uniform() - 1);
      trainer.accumulate(x, random.below(3));
    }
    trainer.apply(3);
  }
  return nn::checksum(trainer.parameters);
}

template <class Number, class Optimizer>
void learns_as(const char* name, Optimizer named, float decay, float largest, float longest) {
  tools::LearnerChoice choice{};
  choice.optimizer = name;
  choice.momentum = 0.8f;
  choice.decay = decay;
  choice.largest = largest;
  tools::Limited chosen{{tools::ChosenOptimizer{choice}}, longest};
  chosen.set_rate(0.05f);
  named.rate = 0.05f;
  using Named = nn::ClipNorm<nn::ClipValue<nn::WeightDecay<Optimizer>>>;
  expect_equal(learnt<Number>(chosen), learnt<Number>(Named{{{{named}, decay}, largest}, longest}));
}

template <class Optimizer>
void learns_as(const char* name, const Optimizer& named) {
  learns_as<float>(name, named, 0, unlimited, unlimited);
  learns_as<float>(name, named, 0.1f, unlimited, unlimited);
  learns_as<float>(name, named, 0, 0.02f, unlimited);
  learns_as<float>(name, named, 0, unlimited, 0.1f);
  learns_as<nn::Fixed16>(name, named, 0.1f, 0.125f, unlimited);
}

}  // namespace

int main() {
  learns_as("sgd", nn::Sgd{});
  learns_as("momentum", nn::Momentum{.momentum = 0.8f});
  learns_as("nesterov", nn::Momentum{.momentum = 0.8f, .nesterov = true});
  learns_as("rmsprop", nn::RmsProp{});
  learns_as("adam", nn::Adam{});
  return expectations_failed();
}
