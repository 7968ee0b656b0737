// Learns to read digits where it runs: from random weights, on digits stored in flash, one at a time. Every so often it saves all
// that it needs to go on; after a reset, or when power comes back, it does, with the bits that it would have had.
#include "board_store.hpp"
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
constexpr std::uint32_t epoch_steps = DIGITS_LEARN_STEPS;
constexpr std::uint32_t steps = epochs * epoch_steps;
constexpr std::uint32_t steps_between_saves = DIGITS_LEARN_SAVE;
constexpr nn::Cosine schedule{.rate = 0.05f, .steps = steps, .final_rate = 0.0005f};
constexpr nn::Normalization<1> normalization{{0}, {DIGITS_SCALE}};

Trainer trainer{{}, nn::at_run_time(1)};

template <std::size_t N>
auto image(const std::array<std::uint8_t, N>& images, std::size_t i) {
  return nn::normalized<Net::InputNumber>(normalization,
                                          std::span<const std::uint8_t, Net::inputs>{&images[i * Net::inputs], Net::inputs});
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

void print_epoch(std::uint32_t epoch, float training_loss) {
  const Score test = score();
  const float accuracy = 100 * static_cast<float>(test.right) / test_samples::count;
  nn::print(console::write, "epoch ", epoch, "/", epochs,                     //
            "  training loss ", nn::decimal(training_loss / epoch_steps, 4),  //
            "  test loss ", nn::decimal(test.loss / test_samples::count, 4),  //
            "  accuracy ", nn::decimal(accuracy, 2), " %\n");
}

}  // namespace

int main() {
  std::uint32_t step = 0;
  nn::Random order{2};
  float training_loss = 0;  // of this epoch, so far
  nn::TrainingImage training{trainer, normalization, step, steps, order, training_loss};

  platform::Store store{training.size()};
  const nn::ImageStatus found = nn::load(store, training);
  if (found == nn::ImageStatus::ok)
    nn::print(console::write, step == steps ? "has learnt" : "goes on", " at step ", step, " of ", steps, "\n");
  else if (found != nn::ImageStatus::nothing_stored)
    nn::print(console::write, "what is stored is ", nn::describe(found), "; learns anew\n");

  std::uint64_t time = 0;
  const std::uint32_t first = step;
  std::uint32_t saves = 0;
  nn::StoreStatus saved = nn::StoreStatus::ok;
  while (step < steps) {
    const std::uint32_t i = order.below(training_samples::count);
    const auto x = image(training_samples::inputs, i);
    trainer.optimizer.rate = schedule(step);
    const std::uint64_t begin = platform::clock();
    training_loss += static_cast<float>(trainer.step(x, training_samples::labels[i]));
    time += platform::clock() - begin;
    ++step;
    if (step % epoch_steps == 0) {
      if (!nn::is_finite(trainer.parameters)) {
        nn::print(console::write, "training diverged in epoch ", step / epoch_steps, "; a lower rate is needed\n");
        return 1;
      }
      print_epoch(step / epoch_steps, training_loss);
      training_loss = 0;
    }
    if (saved == nn::StoreStatus::ok && (step % steps_between_saves == 0 || step == steps)) {
      saved = nn::save(store, training);
      ++saves;
    }
  }
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), " of the parameters\n");

  // What it costs on this board; other boards differ here.
  nn::print(console::write, "cost: ", time / (step > first ? step - first : 1), " ", platform::clock_unit,
            " a training step; trainer ", sizeof trainer, " bytes");
  platform::print_memory();
  if (saved == nn::StoreStatus::ok)
    nn::print(console::write, "cost: saved ", saves, " times, ", training.size(), " bytes each\n");
  else
    nn::print(console::write, "cost: not saved: ", nn::describe(saved), ": ", nn::describe(store.flash_status()), "\n");
  return 0;
}
