// Teacher: what a Trainer is asked for each example, and how much each counts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/nn.hpp"
#include "tools/train/asked.hpp"
#include "tools/train/learner_choice.hpp"

namespace tools {

// The loss that takes what a Teacher asks for.
template <class Loss>
using Taught = nn::Weighted<typename Softened<Loss>::type>;

template <class Net, class Loss>
class Teacher {
  using Example = typename Asked<Net, Loss>::Example;
  using Target = typename Taught<Loss>::template Target<typename Asked<Net, Loss>::Arithmetic, Net::outputs>;

 public:
  explicit Teacher(const LearnerChoice& choice) : smoothed{choice.smoothing}, weights{choice.weights} {}

  // The right answer of an example, for figures.
  auto exact_answer(const Example& example) const { return exact(example); }

  // What is asked of the network for an example while it learns.
  Target asked(const Example& example) const { return {smoothed(example), weights.empty() ? 1 : weights[example.label]}; }

  struct Learnt {
    float loss = 0;  // the mean
    std::size_t samples = 0;
  };
  // Adds the gradients of a batch to the trainer's sum.
  Learnt accumulate(auto& trainer, std::span<const Example> batch) const {
    return accumulate(trainer, batch, [](auto& by, const auto& samples, auto note) { by.accumulate_all(samples, note); });
  }
  // The same by accumulate_by(trainer, samples, visit the loss of each).
  Learnt accumulate(auto& trainer, std::span<const Example> batch, auto accumulate_by) const {
    Learnt learnt;
    const std::uint32_t before = trainer.refused();
    const auto samples = taught<std::remove_reference_t<decltype(trainer)>>(batch);
    const auto note = [&](auto loss) { learnt.loss += static_cast<float>(loss); };
    accumulate_by(trainer, samples, note);
    learnt.samples = batch.size() - (trainer.refused() - before);
    learnt.loss = learnt.samples == 0 ? 0 : learnt.loss / static_cast<float>(learnt.samples);
    return learnt;
  }

  // The samples of a trainer by which it is judged: without smoothing and weights.
  template <class Trainer>
  std::vector<typename Trainer::Sample> samples(std::span<const Example> examples) const {
    std::vector<typename Trainer::Sample> result;
    result.reserve(examples.size());
    for (const Example& example : examples) result.push_back({input_of<Net>(example), {exact(example), 1}});
    return result;
  }

 private:
  template <class Trainer>
  std::vector<typename Trainer::Sample> taught(std::span<const Example> batch) const {
    std::vector<typename Trainer::Sample> result;
    result.reserve(batch.size());
    for (const Example& example : batch) result.push_back({input_of<Net>(example), asked(example)});
    return result;
  }

  Answers<Net, Loss> exact{0}, smoothed;
  std::vector<float> weights;
};

}  // namespace tools
