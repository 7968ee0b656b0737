// The training of `pima`: Adam, batches of 10, all rows once an epoch in a new order, inputs standardized.
#pragma once

#include <span>
#include <utility>

#include "model.hpp"

namespace pima {

constexpr std::uint32_t epochs = 150;
constexpr std::size_t batch_size = 10;

// Raw rows one behind the other; the class of each is 0 or 1.
struct Rows {
  std::span<const float> inputs;
  std::span<const std::uint8_t> labels;
  std::span<const float, Net::inputs> row(std::size_t i) const {
    return std::span<const float, Net::inputs>{&inputs[i * Net::inputs], Net::inputs};
  }
};

// To mean 0 and deviation 1 over the chosen rows.
inline nn::Normalization<Net::inputs> standardize(const Rows& rows, std::span<const std::uint16_t> chosen) {
  nn::Normalization<Net::inputs> found;
  const float share = 1 / static_cast<float>(chosen.size());
  for (std::size_t i = 0; i < Net::inputs; ++i) {
    float sum = 0;
    for (const std::uint16_t k : chosen) sum += rows.row(k)[i];
    found.mean[i] = sum * share;
    float squares = 0;
    for (const std::uint16_t k : chosen) squares += (rows.row(k)[i] - found.mean[i]) * (rows.row(k)[i] - found.mean[i]);
    found.scale[i] = 1 / nn::Elementary<float>::sqrt(squares * share);
  }
  return found;
}

struct Figures {
  float loss;
  float accuracy;
};

// Learns from the rows whose numbers are `chosen`, which it reorders.
class Training {
 public:
  Training(const Rows& data, std::span<std::uint16_t> chosen, std::uint32_t seed)
      : Training{data, chosen, seed, standardize(data, chosen)} {}
  Training(const Rows& data, std::span<std::uint16_t> chosen, std::uint32_t seed, const nn::Normalization<Net::inputs>& inputs)
      : rows{data}, order{chosen}, normalization{inputs}, trainer{{}, seed, nn::Glorot{}}, random{seed} {}

  // The figures are those of the rows as they were learnt from.
  Figures epoch() {
    random.shuffle(order);
    float loss_sum = 0;
    std::uint32_t right = 0;
    std::size_t in_batch = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const auto x = nn::normalized(normalization, rows.row(order[k]));
      const std::array<float, 1> target{static_cast<float>(rows.labels[order[k]])};
      const float loss = trainer.accumulate(x, target);
      loss_sum += loss;
      right += loss < 0.6931472f ? 1 : 0;  // log 2: the right class got more than a half
      if (++in_batch == batch_size || k + 1 == order.size()) trainer.apply(std::exchange(in_batch, 0));
    }
    const auto count = static_cast<float>(order.size());
    return {loss_sum / count, static_cast<float>(right) / count};
  }

  // Without learning.
  Figures evaluate(std::span<const std::uint16_t> chosen) {
    Figures sum{};
    for (const std::uint16_t k : chosen) {
      const auto x = nn::normalized(normalization, rows.row(k));
      const std::array<float, 1> target{static_cast<float>(rows.labels[k])};
      const auto one = trainer.evaluate(std::array{Trainer::Sample{x, target}});
      sum.loss += one.loss;
      sum.accuracy += one.accuracy;
    }
    const auto count = static_cast<float>(chosen.size());
    return {sum.loss / count, sum.accuracy / count};
  }

  using Trainer = nn::Trainer<Net, nn::BinaryCrossEntropy, nn::Adam, batch_size>;
  const Rows rows;
  const std::span<std::uint16_t> order;
  const nn::Normalization<Net::inputs> normalization;
  Trainer trainer;

 private:
  nn::Random random;
};

}  // namespace pima
