// Learns to read digits where it runs: from random weights, on digits stored in flash, one at a time.
#include "console.hpp"
#include DIGITS_MODEL
#include "nn/nn.hpp"
#include "platform.hpp"
#include "test_samples.hpp"
#include "training_samples.hpp"

namespace {

using Net = DIGITS_NET;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;

constexpr std::uint32_t epochs = DIGITS_LEARN_EPOCHS;
constexpr std::uint32_t steps = epochs * training_samples::count;
constexpr nn::Cosine schedule{.rate = 0.05f, .steps = steps, .final_rate = 0.0005f};
constexpr nn::Normalization<1> normalization{{0}, {DIGITS_SCALE}};

Trainer trainer{{}, nn::at_run_time(1)};

template <std::size_t N>
auto image(const std::array<std::uint8_t, N>& images, std::size_t i) {
  return nn::normalized<Net::InputNumber>(normalization, std::span<const std::uint8_t, Net::inputs>{&images[i * Net::inputs], Net::inputs});
}

struct Score {
  float loss = 0;
  std::uint32_t right = 0;
};

// On the digits that were not learnt from.
Score score() {
  Score sum;
  for (std::size_t i = 0; i < test_samples::count; ++i) {
    const auto x = image(test_samples::inputs, i);
    const std::array sample{Trainer::Sample{x, test_samples::labels[i]}};
    const auto one = trainer.evaluate(sample);
    sum.loss += one.loss;
    sum.right += one.right;
  }
  return sum;
}

}  // namespace

int main() {
  nn::Random random{2};
  std::uint64_t time = 0;
  std::uint32_t step = 0;
  for (std::uint32_t epoch = 1; epoch <= epochs; ++epoch) {
    float training_loss = 0;
    for (std::size_t k = 0; k < training_samples::count; ++k) {
      const std::uint32_t i = random.below(training_samples::count);
      const auto x = image(training_samples::inputs, i);
      trainer.optimizer.rate = schedule(step++);
      const std::uint64_t begin = platform::clock();
      training_loss += static_cast<float>(trainer.step(x, training_samples::labels[i]));
      time += platform::clock() - begin;
    }
    if (!nn::is_finite(trainer.parameters)) {
      nn::print(console::write, "training diverged in epoch ", epoch, "; a lower rate is needed\n");
      return 1;
    }
    const Score test = score();
    const float accuracy = 100 * static_cast<float>(test.right) / test_samples::count;
    nn::print(console::write, "epoch ", epoch, "/", epochs,                                     //
              "  training loss ", nn::decimal(training_loss / training_samples::count, 4),      //
              "  test loss ", nn::decimal(test.loss / test_samples::count, 4),                  //
              "  accuracy ", nn::decimal(accuracy, 2), " %\n");
  }
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), " of the parameters\n");

  // What it costs on this board; other boards differ here.
  nn::print(console::write, "cost: ", time / steps, " ", platform::clock_unit, " a training step; trainer ",
            sizeof trainer, " bytes");
  platform::print_memory();
  return 0;
}
