// TrainerEvaluation: what a Trainer's network does as it stands, without learning.
#pragma once

#include <cstddef>
#include <span>

#include "nn/evaluation.hpp"
#include "nn/trainer/pass.hpp"
#include "nn/training_plan.hpp"

namespace nn {

template <class Types>
class TrainerEvaluation : public TrainerPass<Types> {
  using Base = TrainerPass<Types>;
  using Topology = typename Types::Topology;
  using LossFunction = typename Types::LossFunction;
  using LastArithmetic = typename Types::LastArithmetic;
  using Plan = typename Types::Plan;
  using Input = typename Types::Input;
  using Sample = typename Types::Sample;
  using Watching = typename Types::Watching;

 public:
  using Base::Base;

  // The outputs that training sees, without learning: loss, accuracy and confusion matrix over a range of Samples.
  constexpr Evaluation<Topology::outputs> evaluate(auto&& samples) {
    [[maybe_unused]] const Watching watching;
    Evaluation<Topology::outputs> result;
    for (const Sample& sample : samples) {
      if (!this->acceptable(sample.input, sample.target)) {
        ++result.refused;
        continue;
      }
      result.loss += static_cast<float>(this->template predict<false>(sample.input, sample.target));
      const std::size_t predicted = decided();
      const std::size_t actual = LossFunction::template actual<LastArithmetic, Topology::outputs>(sample.target);
      ++result.confusion[actual][predicted];
      ++result.samples;
      if (actual == predicted) ++result.right;
    }
    if (result.samples > 0) {
      result.loss /= static_cast<float>(result.samples);
      result.accuracy = static_cast<float>(result.right) / static_cast<float>(result.samples);
    }
    return result;
  }

  // The mean loss alone, for networks whose outputs are no classes.
  constexpr float mean_loss(auto&& samples) {
    [[maybe_unused]] const Watching watching;
    float sum = 0;
    std::size_t count = 0;
    for (const Sample& sample : samples) {
      sum += static_cast<float>(this->template predict<false>(sample.input, sample.target));
      ++count;
    }
    return count == 0 ? 0 : sum / static_cast<float>(count);
  }

  // The class that the network decides for, and that it decided for before the last step.
  constexpr std::size_t decide(Input x) {
    [[maybe_unused]] const Watching watching;
    this->template forward<false>(x);
    return decided();
  }
  constexpr std::size_t decided() {
    const auto y = std::span<const typename Types::Number, Topology::outputs>{this->template output<Plan::layers - 1>()};
    return decision(y, LossFunction::template threshold<LastArithmetic>(fuses<Topology, LossFunction>));
  }
};

}  // namespace nn
