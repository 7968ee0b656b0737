// Learner<Net>: a Trainer whose optimizer and batch were chosen at run time.
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

// The form of a loss that takes labels which are not certain.
template <class Loss>
struct Softened {
  using type = Loss;
};
template <>
struct Softened<nn::CrossEntropy> {
  using type = nn::SoftCrossEntropy;
};

// What is asked of a network: a class, or numbers in the place of one.
template <class Net, class Loss>
struct Asked {
  using Arithmetic = typename nn::TrainingPlan<Net, Loss>::LastArithmetic;
  using Number = typename Arithmetic::Activation;
  static constexpr bool by_class = std::is_same_v<typename Loss::template Target<Arithmetic, Net::outputs>, std::size_t>;
  static constexpr std::size_t classes = Net::outputs == 1 ? 2 : Net::outputs;

  struct Example {
    std::span<const typename Net::InputNumber, Net::inputs> input;
    std::size_t label;               // if a class is asked for
    std::span<const Number> target;  // else numbers, normalized, …
    std::span<const float> wanted;   // … and in their unit
    std::size_t row;                 // of the data
  };
};

// The numbers that a network with this loss is asked for a class: 1 for the class, 0 for the others; a single output is the
// class. With `smoothing` they are smoothed as nn::smooth_label does.
template <class Net, class Loss>
class Answers {
  using Number = typename Asked<Net, Loss>::Number;
  static constexpr std::size_t classes = Asked<Net, Loss>::classes;

 public:
  explicit Answers(float smoothing) {
    for (std::size_t label = 0; label < classes; ++label) {
      std::array<Number, classes> all;
      nn::smooth_label(std::span{all}, label, smoothing);
      if constexpr (Net::outputs == 1)
        values[label][0] = all[1];
      else
        values[label] = all;
    }
  }

  std::span<const Number, Net::outputs> operator()(const auto& example) const {
    if (example.target.empty()) return values[example.label];
    return std::span<const Number, Net::outputs>{example.target.data(), Net::outputs};
  }

 private:
  std::vector<std::array<Number, Net::outputs>> values{classes};
};

template <class Net, class Loss>
class Learner {
 public:
  using Example = typename Asked<Net, Loss>::Example;

  virtual ~Learner() = default;
  virtual float learn(std::span<const Example> batch, float rate) = 0;  // mean loss before the update
  virtual nn::Evaluation<Net::outputs> evaluate(std::span<const Example> examples) = 0;
  virtual float loss(std::span<const Example> examples) = 0;
  virtual typename Net::Parameters& parameters() = 0;
  virtual void freeze(std::size_t layers) = 0;
  virtual std::uint32_t refused() const = 0;  // how many samples the trainer did not learn from
  virtual std::span<const nn::LayerRanges> ranges() const = 0;  // what the trainer noted, if its arithmetic is Watched
};

// How to learn. A limit of infinity is none; no weights are all 1.
struct LearnerChoice {
  std::string optimizer;
  std::size_t batch;
  float momentum;
  float decay;
  float longest, largest;      // of a gradient and of its elements
  float smoothing;             // of labels
  std::vector<float> weights;  // of classes

  bool plain() const {
    constexpr float none = std::numeric_limits<float>::infinity();
    return optimizer == "sgd" && batch == 1 && decay == 0 && longest == none && largest == none && smoothing == 0 &&
           weights.empty();
  }
};

// Batch 1 by plain SGD updates in place, bit for bit as the Trainer of a device does; everything else goes the long way.
template <class Net, class Loss, class Optimizer, bool plain>
class LearnerWith : public Learner<Net, Loss> {
  using Used = std::conditional_t<plain, Loss, nn::Weighted<typename Softened<Loss>::type>>;
  using Trainer = nn::Trainer<Net, Used, Optimizer, plain ? 1 : 2>;

 public:
  using typename Learner<Net, Loss>::Example;

  LearnerWith(const LearnerChoice& choice, const Optimizer& optimizer, const typename Net::Parameters& start, std::uint32_t seed)
      : trainer{optimizer, start, seed}, smoothed{choice.smoothing}, weights{choice.weights} {}

  float learn(std::span<const Example> batch, float rate) override {
    trainer.optimizer.rate = rate;
    if constexpr (plain) {
      return static_cast<float>(trainer.step(batch[0].input, target(batch[0])));
    } else {
      float loss = 0;
      const std::uint32_t before = trainer.refused();
      for (const Example& example : batch) {
        const float weight = weights.empty() ? 1 : weights[example.label];
        loss += static_cast<float>(trainer.accumulate(example.input, {smoothed(example), weight}));
      }
      const std::size_t learnt = batch.size() - (trainer.refused() - before);
      if (learnt == 0) return 0;
      trainer.apply(learnt);
      return loss / static_cast<float>(learnt);
    }
  }

  nn::Evaluation<Net::outputs> evaluate(std::span<const Example> examples) override {
    return trainer.evaluate(samples(examples));
  }
  float loss(std::span<const Example> examples) override { return trainer.mean_loss(samples(examples)); }

  typename Net::Parameters& parameters() override { return trainer.parameters; }
  void freeze(std::size_t layers) override { trainer.freeze(layers); }
  std::uint32_t refused() const override { return trainer.refused(); }
  std::span<const nn::LayerRanges> ranges() const override {
    if constexpr (Net::Arithmetic::watched) return trainer.ranges;
    else return {};
  }

 private:
  typename Trainer::Target target(const Example& example) const {
    if constexpr (!plain)
      return {exact(example), 1};
    else if constexpr (Asked<Net, Loss>::by_class)
      return example.label;
    else
      return exact(example);
  }
  std::vector<typename Trainer::Sample> samples(std::span<const Example> examples) const {
    std::vector<typename Trainer::Sample> result;
    result.reserve(examples.size());
    for (const Example& example : examples) result.push_back({example.input, target(example)});
    return result;
  }

  Trainer trainer;
  Answers<Net, Loss> exact{0}, smoothed;
  std::vector<float> weights;
};

template <class Net, class Loss>
std::unique_ptr<Learner<Net, Loss>> make_learner(const LearnerChoice& choice, const typename Net::Parameters& start, std::uint32_t seed) {
  if (choice.plain()) return std::make_unique<LearnerWith<Net, Loss, nn::Sgd, true>>(choice, nn::Sgd{}, start, seed);
  const auto with = [&]<class Optimizer>(const Optimizer& optimizer) {
    using Clipped = nn::ClipNorm<nn::ClipValue<nn::WeightDecay<Optimizer>>>;
    return std::make_unique<LearnerWith<Net, Loss, Clipped, false>>(
        choice, Clipped{{{{optimizer}, choice.decay}, choice.largest}, choice.longest}, start, seed);
  };
  std::unique_ptr<Learner<Net, Loss>> made;
  if (choice.optimizer == "sgd")
    made = with(nn::Sgd{});
  else if (choice.optimizer == "rmsprop")
    made = with(nn::RmsProp{});
  else if (choice.optimizer == "adam")
    made = with(nn::Adam{});
  else
    made = with(nn::Momentum{.momentum = choice.momentum, .nesterov = choice.optimizer == "nesterov"});
  return made;
}

}  // namespace tools
