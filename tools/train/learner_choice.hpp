// How to learn, chosen at run time.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/failure.hpp"
#include "tools/train/has_optimizer.hpp"

namespace tools {

// A limit of infinity is none; no weights are all 1.
struct LearnerChoice {
  std::string optimizer;
  std::size_t batch;
  float momentum;
  float decay;
  float longest, largest;      // of a gradient and of its elements
  float smoothing;             // of labels
  std::vector<float> weights;  // of classes
  bool normalizes_batches;     // a BatchNorm by the statistics of each batch
  std::size_t threads = 1;     // that share a batch

  bool plain() const {
    constexpr float none = std::numeric_limits<float>::infinity();
    return optimizer == "sgd" && batch == 1 && decay == 0 && longest == none && largest == none && smoothing == 0 &&
           weights.empty();
  }
};

// make(optimizer) with the one that is asked for.
auto with_optimizer(const LearnerChoice& choice, auto make) {
  const auto with = [&]<class Optimizer>(const Optimizer& optimizer) {
    using Clipped = nn::ClipNorm<nn::ClipValue<nn::WeightDecay<Optimizer>>>;
    return make(Clipped{{{{optimizer}, choice.decay}, choice.largest}, choice.longest});
  };
  if constexpr (has_optimizer<nn::Sgd>)
    if (choice.optimizer == "sgd") return with(nn::Sgd{});
  if constexpr (has_optimizer<nn::RmsProp>)
    if (choice.optimizer == "rmsprop") return with(nn::RmsProp{});
  if constexpr (has_optimizer<nn::Adam>)
    if (choice.optimizer == "adam") return with(nn::Adam{});
  if constexpr (has_optimizer<nn::Momentum>)
    if (choice.optimizer == "momentum" || choice.optimizer == "nesterov")
      return with(nn::Momentum{.momentum = choice.momentum, .nesterov = choice.optimizer == "nesterov"});
  throw Failure{"--optimizer " + choice.optimizer +
                " is not in this trainer; expected one that OPTIMIZERS of its nn_train_tool names"};
}

}  // namespace tools
