// NetworkLearner<Net, Loss>: the Learner of a network: a Trainer whose optimizer and batch were chosen at run time.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nn/nn.hpp"
#include "tools/train/asked.hpp"
#include "tools/train/chosen_optimizer.hpp"
#include "tools/train/learner.hpp"
#include "tools/train/learner_choice.hpp"
#include "tools/train/teacher.hpp"
#include "tools/train/threads.hpp"

namespace tools {

template <class Net, class Loss>
class NetworkLearner : public Learner<typename Net::InputNumber, typename Asked<Net, Loss>::Number> {
 public:
  using Example = typename Asked<Net, Loss>::Example;
  using Visit = typename Learner<typename Net::InputNumber, typename Asked<Net, Loss>::Number>::Visit;

  virtual const typename Net::Parameters& parameters() = 0;

 protected:
  static Scores scores_of(const nn::Evaluation<Net::outputs>& evaluation, std::size_t samples) {
    constexpr std::size_t classes = nn::Evaluation<Net::outputs>::classes;
    const std::uint32_t* const counts = evaluation.confusion[0].data();
    return {.samples = samples,
            .loss = static_cast<double>(evaluation.loss),
            .classes = classes,
            .confusion = {counts, counts + classes * classes},
            .errors = {}};
  }
};

using Limited = nn::ClipNorm<ChosenOptimizer>;

template <class Net, class Example>
void infer_all(const typename Net::Parameters& parameters, std::span<const Example> examples, const auto& visit) {
  const auto network = std::make_unique<nn::Inference<Net>>(parameters);
  for (const Example& example : examples) {
    std::array<float, Net::outputs> y;
    std::ranges::transform((*network)(input_of<Net>(example)), y.begin(), [](auto number) { return static_cast<float>(number); });
    visit(example, std::span<const float>{y});
  }
}

// Batch 1 by plain SGD updates in place, bit for bit as the Trainer of a device does; everything else goes the long way.
template <class Net, class Loss, bool plain>
class LearnerWith : public NetworkLearner<Net, Loss> {
  using Trainer = std::conditional_t<plain, nn::Trainer<Net, Loss, nn::Sgd, 1>, nn::Trainer<Net, Taught<Loss>, Limited, 2>>;

 public:
  using typename NetworkLearner<Net, Loss>::Example;
  using typename NetworkLearner<Net, Loss>::Visit;

  LearnerWith(const LearnerChoice& choice, const typename Net::Parameters& start, std::uint32_t seed)
      : trainer{optimizer_of(choice), start, seed}, teacher{choice} {
    if (choice.threads > 1 && shares) crew = std::make_unique<Crew>(choice.threads);
  }

  float learn(std::span<const Example> batch, float rate) override {
    if constexpr (plain) {
      trainer.optimizer.rate = rate;
      return static_cast<float>(trainer.step(input_of<Net>(batch[0]), target(batch[0])));
    } else {
      trainer.optimizer.set_rate(rate);
      if constexpr (shares)
        if (crew) return learn_together(batch);
      const auto learnt = teacher.accumulate(trainer, batch);
      if (learnt.samples > 0) apply(learnt.samples);
      return learnt.loss;
    }
  }

  Scores evaluate(std::span<const Example> examples) override {
    return this->scores_of(trainer.evaluate(samples(examples)), examples.size());
  }
  float loss(std::span<const Example> examples) override {
    if constexpr (Asked<Net, Loss>::by_class) return trainer.evaluate(samples(examples)).loss;
    else return trainer.mean_loss(samples(examples));
  }
  void infer(std::span<const Example> examples, const Visit& visit) override {
    infer_all<Net, Example>(trainer.parameters, examples, visit);
  }

  const typename Net::Parameters& parameters() override { return trainer.parameters; }
  void keep() override {
    if (!kept) kept = std::make_unique<typename Net::Parameters>();
    *kept = trainer.parameters;
  }
  void restore() override {
    if (kept) trainer.parameters = *kept;
  }
  void freeze(std::size_t layers) override { trainer.freeze(layers); }
  bool shares_batches() const override { return crew != nullptr; }
  std::uint32_t refused() const override { return trainer.refused(); }
  std::span<const nn::LayerRanges> ranges() const override {
    if constexpr (Net::Arithmetic::watched) return trainer.ranges;
    else return {};
  }

 protected:
  // By one sum of every batch, with as many threads as there are.
  void apply(std::size_t samples)
    requires(!plain)
  {
    if constexpr (shares) {
      const float share = trainer.begin_apply(samples);
      if (crew) crew->together([&](std::size_t part) { trainer.apply_part(share, part, crew->size()); });
      else trainer.apply_part(share, 0, 1);
    } else {
      trainer.apply(samples);
    }
  }

  Trainer trainer;
  Teacher<Net, Loss> teacher;

 private:
  // Whether threads can share a batch.
  static constexpr bool shares = !plain && Trainer::SideBySide::in_threads;

  float learn_together(std::span<const Example> batch)
    requires shares
  {
    const auto learnt = teacher.accumulate(trainer, batch, [&](auto&, const auto& samples, auto note) {
      accumulate_together<Trainer>(*crew, trainer, samples, passes, note);
    });
    if (learnt.samples > 0) apply(learnt.samples);
    return learnt.loss;
  }

  static auto optimizer_of(const LearnerChoice& choice) {
    if constexpr (plain) return nn::Sgd{};
    else return Limited{{ChosenOptimizer{choice}}, choice.longest};
  }

  typename Trainer::Target target(const Example& example) const
    requires plain
  {
    if constexpr (Asked<Net, Loss>::by_class)
      return example.label;
    else
      return teacher.exact_answer(example);
  }
  std::vector<typename Trainer::Sample> samples(std::span<const Example> examples) const {
    if constexpr (plain) {
      std::vector<typename Trainer::Sample> result;
      result.reserve(examples.size());
      for (const Example& example : examples) result.push_back({input_of<Net>(example), target(example)});
      return result;
    } else {
      return teacher.template samples<Trainer>(examples);
    }
  }

  std::unique_ptr<typename Net::Parameters> kept;
  std::unique_ptr<Crew> crew;
  std::vector<typename Trainer::Pass> passes;  // of a batch that threads share
};

}  // namespace tools
