// Learner<Net>: a Trainer whose optimizer and batch were chosen at run time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

// The answer that a network with `Outputs` outputs and this loss is asked for a class: the class itself or one value for
// each output (1 for the class, 0 for the others; a single output is the class).
template <class Net, class Loss>
struct Answers {
  using Arithmetic = typename nn::TrainingPlan<Net, Loss>::LastArithmetic;
  using Number = typename Arithmetic::Activation;
  static constexpr bool by_class = std::is_same_v<typename Loss::template Target<Arithmetic, Net::outputs>, std::size_t>;
  static constexpr std::size_t classes = Net::outputs == 1 ? 2 : Net::outputs;

  std::vector<std::array<Number, Net::outputs>> values{classes};

  Answers() {
    for (std::size_t label = 0; label < classes; ++label) {
      values[label] = {};
      if (Net::outputs > 1 || label == 1) values[label][Net::outputs == 1 ? 0 : label] = Arithmetic::one;
    }
  }

  auto operator()(std::size_t label) const {
    if constexpr (by_class) return label;
    else return std::span<const Number, Net::outputs>{values[label]};
  }
};

template <class Net, class Loss>
class Learner {
 public:
  using Input = std::span<const typename Net::InputNumber, Net::inputs>;
  struct Example {
    Input input;
    std::size_t label;
  };

  virtual ~Learner() = default;
  virtual float learn(std::span<const Example> batch, float rate) = 0;  // mean loss before the update
  virtual nn::Evaluation<Net::outputs> evaluate(std::span<const Example> examples) = 0;
  virtual typename Net::Parameters& parameters() = 0;
  virtual void freeze(std::size_t layers) = 0;
  virtual std::span<const nn::LayerRanges> ranges() const = 0;  // what the trainer noted, if its arithmetic is Watched
};

// Batch 1 updates in place, bit for bit as the Trainer of a device does; Batch 2 stands for any other size.
template <class Net, class Loss, class Optimizer, std::size_t Batch>
class LearnerWith : public Learner<Net, Loss> {
 public:
  using Base = Learner<Net, Loss>;
  using typename Base::Example;

  LearnerWith(const Optimizer& optimizer, const typename Net::Parameters& start, std::uint32_t seed) : trainer{optimizer, start, seed} {}

  float learn(std::span<const Example> batch, float rate) override {
    trainer.optimizer.rate = rate;
    if constexpr (Batch == 1) {
      return static_cast<float>(trainer.step(batch[0].input, answers(batch[0].label)));
    } else {
      float loss = 0;
      const std::uint32_t before = trainer.refused();
      for (const Example& example : batch) loss += static_cast<float>(trainer.accumulate(example.input, answers(example.label)));
      const std::size_t learnt = batch.size() - (trainer.refused() - before);
      if (learnt == 0) return 0;
      trainer.apply(learnt);
      return loss / static_cast<float>(learnt);
    }
  }

  nn::Evaluation<Net::outputs> evaluate(std::span<const Example> examples) override {
    std::vector<typename Trainer::Sample> samples;
    samples.reserve(examples.size());
    for (const Example& example : examples) samples.push_back({example.input, answers(example.label)});
    return trainer.evaluate(samples);
  }

  typename Net::Parameters& parameters() override { return trainer.parameters; }
  void freeze(std::size_t layers) override { trainer.freeze(layers); }
  std::span<const nn::LayerRanges> ranges() const override {
    if constexpr (Net::Arithmetic::watched) return trainer.ranges;
    else return {};
  }

 private:
  using Trainer = nn::Trainer<Net, Loss, Optimizer, Batch>;
  Trainer trainer;
  Answers<Net, Loss> answers;
};

struct LearnerChoice {
  std::string optimizer;
  std::size_t batch;
  float momentum;
  float decay;
};

template <class Net, class Loss>
std::unique_ptr<Learner<Net, Loss>> make_learner(const LearnerChoice& choice, const typename Net::Parameters& start, std::uint32_t seed) {
  if (choice.optimizer == "sgd" && choice.batch == 1 && choice.decay == 0)
    return std::make_unique<LearnerWith<Net, Loss, nn::Sgd, 1>>(nn::Sgd{}, start, seed);
  const auto with_decay = [&]<class Optimizer>(const Optimizer& optimizer) {
    using Decaying = nn::WeightDecay<Optimizer>;
    return std::make_unique<LearnerWith<Net, Loss, Decaying, 2>>(Decaying{{optimizer}, choice.decay}, start, seed);
  };
  if (choice.optimizer == "sgd") return with_decay(nn::Sgd{});
  if (choice.optimizer == "rmsprop") return with_decay(nn::RmsProp{});
  if (choice.optimizer == "adam") return with_decay(nn::Adam{});
  return with_decay(nn::Momentum{.momentum = choice.momentum, .nesterov = choice.optimizer == "nesterov"});
}

}  // namespace tools
