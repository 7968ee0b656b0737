// The training of `linear`: SGD, rate 0.01, 4,000 batches of 4 rows drawn at random.
#pragma once

#include "data.hpp"
#include "model.hpp"

namespace linear {

constexpr std::uint32_t iterations = 4000;
constexpr std::size_t batch_size = 4;
constexpr float rate = 0.01f;

template <class Arithmetic>
class Training {
 public:
  using Trainer = nn::Trainer<typename Net::As<Arithmetic>, nn::CrossEntropy, nn::Sgd, batch_size>;

  // Small weights to begin with, for there are fewer rows than ways to tell them apart: 100 of 100 seeds then learn to tell
  // all rows right, 56 with He's larger ones (linear_seeds counts them).
  template <class Initializer = nn::Uniform>
  explicit Training(std::uint32_t seed, const Initializer& start = {}) : trainer{{.rate = rate}, seed, start}, random{seed} {}

  void step() {
    std::array<Features, batch_size> inputs;
    std::array<std::size_t, batch_size> labels;
    for (std::size_t k = 0; k < batch_size; ++k) {
      const Row& row = training[random.below(training.size())];
      inputs[k] = features(row);
      labels[k] = row.label;
    }
    trainer.step(std::array<Sample, batch_size>{
        {{inputs[0], labels[0]}, {inputs[1], labels[1]}, {inputs[2], labels[2]}, {inputs[3], labels[3]}}});
  }

  // Loss and accuracy.
  template <std::size_t N>
  auto evaluate(std::span<const Row, N> rows_of) {
    nn::Evaluation<2> sum;
    for (const Row& row : rows_of) {
      const Features x = features(row);
      const auto one = trainer.evaluate(std::array{Sample{x, row.label}});
      sum.right += one.right;
      sum.loss += one.loss / N;
    }
    sum.accuracy = static_cast<float>(sum.right) / N;
    return sum;
  }

  Trainer trainer;

 private:
  using Sample = typename Trainer::Sample;
  using Number = typename Net::As<Arithmetic>::InputNumber;
  using Features = std::array<Number, 4>;

  static Features features(const Row& row) {
    Features x;
    for (std::size_t i = 0; i < 4; ++i) x[i] = nn::number<Number>(static_cast<float>(row.features[i]));
    return x;
  }

  nn::Random random;
};

}  // namespace linear
