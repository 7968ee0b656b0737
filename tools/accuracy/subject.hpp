// A subject to learn: data, topology and settings, the same for every arithmetic.
#pragma once

#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/dataset.hpp"
#include "tools/model/normalization.hpp"
#include "tools/train/normalize.hpp"

namespace tools {

template <class Topology, class Loss, class Optimizer, std::size_t Batch, class EightBits = nn::Fixed8>
struct Subject {
  using Net = Topology;  // in float
  using Fixed8 = EightBits;
  template <class Own>
  using TrainerOf = nn::Trainer<Own, Loss, Optimizer, Batch>;

  std::string name;
  Dataset training, test;
  Normalization normalization;
  std::size_t epochs;
  Optimizer optimizer;

  // The parameters after training from the weights and in the order that the seed gives.
  template <class Arithmetic>
  auto learn(std::uint32_t seed) const {
    return learn_as<typename Net::template As<Arithmetic>>(seed);
  }
  template <class Own>
  auto learn_as(std::uint32_t seed) const {
    const auto inputs = normalized<Own>(training);
    auto trainer = std::make_unique<TrainerOf<Own>>(optimizer, seed);
    std::vector<std::size_t> order(training.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    nn::Random random{seed};
    const std::size_t steps = training.size() / Batch;
    const nn::Cosine schedule{.rate = optimizer.rate, .steps = static_cast<std::uint32_t>(epochs * steps)};
    std::uint32_t done = 0;
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      random.shuffle(order);
      for (std::size_t step = 0; step < steps; ++step) {
        trainer->optimizer.rate = schedule(done++);
        for (std::size_t k = 0; k < Batch; ++k) {
          const std::size_t i = order[step * Batch + k];
          const std::array target{training.labels[i] == 1 ? Own::LastArithmetic::one : typename Own::OutputNumber{}};
          const auto asked = [&] {
            if constexpr (Net::outputs == 1) return std::span<const typename Own::OutputNumber, 1>{target};
            else return std::size_t{training.labels[i]};
          }();
          if constexpr (Batch == 1) trainer->step(inputs[i], asked);
          else trainer->accumulate(inputs[i], asked);
        }
        if constexpr (Batch > 1) trainer->apply(Batch);
      }
    }
    return std::make_unique<typename Own::Parameters>(trainer->parameters);
  }

  // Per cent of the test data that a network of these parameters decides rightly.
  template <class Arithmetic>
  double accuracy(const typename Net::template As<Arithmetic>::Parameters& parameters) const {
    return accuracy_as<typename Net::template As<Arithmetic>>(parameters);
  }
  template <class Own>
  double accuracy_as(const typename Own::Parameters& parameters) const {
    nn::Inference<Own> network{parameters};
    const auto inputs = normalized<Own>(test);
    std::size_t right = 0;
    for (std::size_t i = 0; i < test.size(); ++i)
      right += nn::decision(network(inputs[i]), Loss::template threshold<typename Own::LastArithmetic>(false)) == test.labels[i];
    return 100.0 * static_cast<double>(right) / static_cast<double>(test.size());
  }

 private:
  template <class Own>
  std::vector<typename Own::Input> normalized(const Dataset& data) const {
    std::vector<typename Own::Input> inputs(data.size());
    for (std::size_t i = 0; i < data.size(); ++i)
      normalize_row<typename Own::InputNumber>(normalization, data.row(i), inputs[i]);
    return inputs;
  }
};

}  // namespace tools
