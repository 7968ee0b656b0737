// BatchLearner: a Learner whose BatchNorms take the statistics of each batch; all else is as LearnerWith has it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "nn/nn.hpp"
#include "tools/train/batch_chain.hpp"
#include "tools/train/network_learner.hpp"

namespace tools {

// In float, and with no layer that goes on from sample to sample.
template <class Net>
constexpr bool takes_batches = [] {
  bool carries = false;
  Net::for_each_layer([&]<std::size_t I, class Layer>() { carries = carries || nn::carries<Layer>; });
  return std::is_same_v<typename Net::Arithmetic, nn::ArithmeticOf<float>> && !carries && has_batch_norm<Net>;
}();

// The mean loss of a batch, and its gradients added to a sum.
template <class Net, class Loss>
class BatchGradient {
  using Example = typename Asked<Net, Loss>::Example;
  using Arithmetic = typename Asked<Net, Loss>::Arithmetic;
  using Chain = BatchChain<Net, nn::TrainingPlan<Net, Loss>::layers>;
  static constexpr bool fuses = nn::fuses<Net, Loss>;

 public:
  explicit BatchGradient(std::uint32_t seed) : random{seed} {}

  float add(auto& parameters, auto& sum, std::span<const Example> batch, const Teacher<Net, Loss>& teacher, std::size_t frozen) {
    inputs.clear();
    for (const Example& example : batch) inputs.insert(inputs.end(), example.input.begin(), example.input.end());
    chain.forward(parameters, inputs, batch.size(), random, frozen);
    const auto y = chain.output();
    const auto g = chain.gradient(batch.size());
    float loss = 0;
    for (std::size_t k = 0; k < batch.size(); ++k) {
      const std::span<const float, Net::outputs> out{y.data() + k * Net::outputs, Net::outputs};
      const std::span<float, Net::outputs> to{g.data() + k * Net::outputs, Net::outputs};
      const auto asked = teacher.asked(batch[k]);
      if constexpr (fuses)
        loss += Taught<Loss>::template from_logits<Arithmetic, Net::outputs>(out, asked, to);
      else
        loss += Taught<Loss>::template from_output<Arithmetic, Net::outputs>(out, asked, to);
    }
    chain.backward(parameters, sum, inputs, {}, batch.size(), frozen);
    return loss / static_cast<float>(batch.size());
  }

 private:
  nn::Random random;
  std::vector<float> inputs;
  Chain chain;
};

template <class Net, class Loss>
class BatchLearner : public LearnerWith<Net, Loss, false> {
  using Base = LearnerWith<Net, Loss, false>;

 public:
  using typename Base::Example;

  BatchLearner(const LearnerChoice& choice, const typename Net::Parameters& start, std::uint32_t seed)
      : Base{choice, start, seed}, gradient{seed} {}

  float learn(std::span<const Example> batch, float rate) override {
    this->trainer.optimizer.set_rate(rate);
    const float loss = gradient.add(this->trainer.parameters, this->trainer.gradient_sum(), batch, this->teacher, frozen);
    if (this->trainer.optimizer.sound()) this->apply(batch.size());
    else this->trainer.gradient_sum() = {};
    return loss;
  }
  bool shares_batches() const override { return false; }
  void freeze(std::size_t layers) override {
    frozen = layers;
    Base::freeze(layers);
  }

 private:
  BatchGradient<Net, Loss> gradient;
  std::size_t frozen = 0;
};

template <class Net, class Loss>
std::unique_ptr<NetworkLearner<Net, Loss>> make_learner(const LearnerChoice& choice, const typename Net::Parameters& start,
                                                        std::uint32_t seed) {
  if constexpr (has_optimizer<nn::Sgd>)
    if (choice.plain()) return std::make_unique<LearnerWith<Net, Loss, true>>(choice, start, seed);
  if constexpr (takes_batches<Net>)
    if (choice.normalizes_batches) return std::make_unique<BatchLearner<Net, Loss>>(choice, start, seed);
  return std::make_unique<LearnerWith<Net, Loss, false>>(choice, start, seed);
}

}  // namespace tools
