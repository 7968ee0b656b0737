// Int8Learner: goes on from a trained float network through the rounding of its int8 form, so that quantizing it afterwards loses
// nothing. Before each batch
// - BatchNorms are worked into the layers before them, by running statistics that stay as they are;
// - weights and biases become what their codes stand for, those that tools/quantize would write for the weights as they are;
// - every tensor of the graph has the scale and zero point of its range, and what it holds is rounded to them
// (quantize/rounded.hpp). Gradients are taken there and change the weights that are not rounded (quantize/unfolded_gradient.hpp).
// A range begins with what occurs on training data and then follows the least and the largest number of each batch, 1/100 of the
// way; that of the input stays. Jacob et al., Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
// Inference (2018), section 3.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "nn/nn.hpp"
#include "tools/quantize/ranges.hpp"
#include "tools/quantize/rounded_network.hpp"
#include "tools/quantize/unfolded_gradient.hpp"
#include "tools/train/network_learner.hpp"

namespace tools {

template <class Net, class Loss>
class Int8Learner : public NetworkLearner<Net, Loss> {
  using Small = nn::Folded<Net>;
  using Rounding = quantizer::RoundedNetwork<Small, nn::fuses<Net, Loss>>;
  using Trainer = nn::Trainer<Rounding, Taught<Loss>, nn::Sgd, 2>;  // computes and is never updated, …
  using Exact = nn::Trainer<Net, Taught<Loss>, Limited, 2>;         // … which this one is, and never computes

 public:
  using typename NetworkLearner<Net, Loss>::Example;
  using typename NetworkLearner<Net, Loss>::Visit;

  // `examples` are those that are learnt from.
  Int8Learner(const LearnerChoice& choice, const typename Net::Parameters& start, std::span<const Example> examples,
              std::uint32_t seed)
      : trainer{nn::Sgd{}, typename Rounding::Parameters{}, seed},
        exact{Limited{{ChosenOptimizer{choice}}, choice.longest}, start, seed},
        teacher{choice} {
    constexpr std::size_t most = 1000;
    const std::size_t count = std::min(most, examples.size());
    std::vector<std::vector<float>> rows;
    for (std::size_t k = 0; k < count; ++k) {
      const auto x = examples[k * examples.size() / count].input;
      rows.emplace_back(x.begin(), x.end());
    }
    learnt = quantizer::ranges(quantizer::float_model<Net>("training data", nn::fold<Net>(start)), rows, std::nullopt);
  }

  float learn(std::span<const Example> batch, float rate) override {
    round();
    const auto taught = teacher.accumulate(trainer, batch);
    if (taught.samples == 0) return 0;
    follow();
    quantizer::unfold_gradients<Net, Rounding, 1>(exact.parameters, trainer.gradient_sum(), exact.gradient_sum());
    trainer.gradient_sum() = {};
    exact.optimizer.set_rate(rate);
    exact.apply(taught.samples);
    is_rounded = false;
    return taught.loss;
  }

  Scores evaluate(std::span<const Example> examples) override {
    round();
    return this->scores_of(trainer.evaluate(teacher.template samples<Trainer>(examples)), examples.size());
  }
  float loss(std::span<const Example> examples) override {
    round();
    return trainer.mean_loss(teacher.template samples<Trainer>(examples));
  }
  void infer(std::span<const Example> examples, const Visit& visit) override {
    round();
    infer_all<Rounding, Example>(trainer.parameters, examples, visit);
  }

  const typename Net::Parameters& parameters() override { return exact.parameters; }
  void keep() override { kept = std::make_unique<State>(State{exact.parameters, learnt}); }
  void restore() override {
    if (!kept) return;
    exact.parameters = kept->parameters;
    learnt = kept->ranges;
    is_rounded = false;
  }
  void freeze(std::size_t layers) override { exact.freeze(layers); }
  std::uint32_t refused() const override { return trainer.refused(); }
  std::vector<TensorRange> int8_ranges() const override { return learnt; }

 private:
  struct State {
    typename Net::Parameters parameters;
    std::vector<TensorRange> ranges;
  };

  void round() {
    if (is_rounded) return;
    const auto folded = std::make_unique<typename Small::Parameters>(nn::fold<Net>(exact.parameters));
    floats = quantizer::float_tensors<Net>("training data", *folded);
    quantizer::round_parameters<Small, Rounding>(*folded, floats, quantizer::int8_model(floats.model, learnt),
                                                 trainer.parameters);
    is_rounded = true;
  }

  // A tensor that two layers share has the range behind the second; what an activation cuts off does not count.
  void follow() {
    std::vector<TensorRange> seen(learnt.size());
    std::size_t next = 0;
    quantizer::for_each_rounded<Rounding>(trainer.parameters, [&](const auto& p) {
      seen[static_cast<std::size_t>(floats.behind[next++])] = {p.seen[0], p.seen[1]};
    });
    const auto approach = [](float& range, float to) { range += (to - range) / 100; };
    for (const importer::Operator& operation : floats.model.operators) {
      const auto tensor = static_cast<std::size_t>(operation.outputs[0]);
      const auto* activation = operation.attributes.find<std::string>("activation");
      const float most = activation != nullptr && *activation == "relu6" ? 6 : std::numeric_limits<float>::max();
      approach(learnt[tensor].low, activation != nullptr ? 0 : seen[tensor].low);
      approach(learnt[tensor].high, std::min(seen[tensor].high, most));
    }
  }

  Trainer trainer;
  Exact exact;
  Teacher<Net, Loss> teacher;
  std::vector<TensorRange> learnt;  // of each tensor of the model
  std::unique_ptr<State> kept;
  quantizer::FloatModel floats;  // as it was last rounded
  bool is_rounded = false;
};

template <class Net, class Loss>
std::unique_ptr<NetworkLearner<Net, Loss>> make_int8_learner(const LearnerChoice& choice, const typename Net::Parameters& start,
                                                             std::span<const typename Asked<Net, Loss>::Example> examples,
                                                             std::uint32_t seed) {
  return std::make_unique<Int8Learner<Net, Loss>>(choice, start, examples, seed);
}

}  // namespace tools
