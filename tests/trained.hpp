// trained<Net, Loss, Optimizer, Batch>(settings, steps): the checksum of the parameters of a network that has learnt from
// random samples of four classes. For the tests that every core computes the same bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

template <class Net, class Loss, class Optimizer, std::size_t Batch = 1>
[[gnu::noinline]] std::uint32_t trained(const Optimizer& optimizer, int steps) {
  constexpr std::size_t inputs = Net::inputs;
  constexpr std::size_t classes = Net::outputs;
  using Trainer = nn::Trainer<Net, Loss, Optimizer, Batch>;
  using Sample = typename Trainer::Sample;
  using Value = typename nn::TrainingPlan<Net, Loss>::LastArithmetic::Activation;
  Trainer trainer{optimizer, 5};
  nn::Random random{3};
  std::array<std::array<typename Net::InputNumber, inputs>, Batch> x{};
  std::array<std::array<Value, classes>, Batch> values{};
  for (int step = 0; step < steps; ++step) {
    auto samples = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array{[&](std::size_t k) {
        const std::uint32_t label = random.below(classes);
        for (std::size_t i = 0; i < inputs; ++i)
          x[k][i] = nn::number<typename Net::InputNumber>(random.uniform() - 0.5f + (i % classes == label ? 0.3f : 0.0f));
        values[k] = {};
        values[k][label] = nn::number<Value>(1.0f);
        if constexpr (std::is_same_v<typename Trainer::Target, std::size_t>)
          return Sample{x[k], label};
        else
          return Sample{x[k], values[k]};
      }(I)...};
    }(std::make_index_sequence<Batch>{});
    trainer.step(std::span<const Sample, Batch>{samples});
  }
  expect(nn::is_finite(trainer.parameters));
  return nn::checksum(trainer.parameters);
}
