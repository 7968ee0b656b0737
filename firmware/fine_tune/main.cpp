// A network of ONNX goes on learning where it runs. A desktop trained it on digits that stand upright; this board's camera stands
// on its head. The first convolution stays as it is, the rest learns from a few digits.
#include <array>
#include <span>

#include "console.hpp"
#include "imported.hpp"
#include "nn/nn.hpp"
#include "platform.hpp"
#include "test_samples.hpp"
#include "training_samples.hpp"

namespace {

using Net = imported::Net::As<FINE_TUNE_ARITHMETIC>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;

constexpr std::uint32_t rounds = 4, frozen = 3;  // layers: the first convolution, its Relu and its pooling
constexpr nn::Sgd settings{.rate = 0.02f};

Trainer trainer{settings, nn::at_run_time(1)};  // until the imported parameters are there

// As the camera sees a digit of these: upright, or on its head.
Net::Input seen(std::span<const std::uint8_t> digits, std::size_t i, bool on_its_head) {
  std::array<std::uint8_t, Net::inputs> pixels{};
  for (std::size_t at = 0; at < pixels.size(); ++at)
    pixels[on_its_head ? pixels.size() - 1 - at : at] = digits[i * pixels.size() + at];
  return nn::normalized<Net::InputNumber>(imported::normalization, std::span<const std::uint8_t, Net::inputs>{pixels});
}

void print_accuracy(const char* when, bool on_its_head) {
  std::uint32_t right = 0;
  for (std::size_t i = 0; i < test_samples::count; ++i)
    if (trainer.decide(seen(test_samples::inputs, i, on_its_head)) == test_samples::labels[i]) ++right;
  const float share = static_cast<float>(right) / static_cast<float>(test_samples::count);
  nn::print(console::write, when, "  accuracy ", nn::decimal(100 * share, 2), " %, ", right, " of ", test_samples::count, "\n");
}

}  // namespace

int main() {
  const nn::Change change = nn::convert<imported::Net, Net>(imported::parameters, trainer.parameters).total;
  trainer.freeze(frozen);
  nn::print(console::write, "imported: ", nn::cost<Net>.parameters, " parameters, ", Net::Arithmetic::name, ", ",
            change.saturated, " beyond its range; the first ", frozen, " layers stay\n");
  print_accuracy("upright           ", false);
  print_accuracy("on its head before", true);
  std::uint64_t time = 0;
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    float loss = 0;
    for (std::size_t i = 0; i < training_samples::count; ++i) {
      const Net::Input x = seen(training_samples::inputs, i, true);
      const std::uint64_t begin = platform::clock();
      loss += static_cast<float>(trainer.step(x, training_samples::labels[i]));
      time += platform::clock() - begin;
    }
    nn::print(console::write, "round ", round, "/", rounds, "  loss ", nn::decimal(loss / training_samples::count, 4), "\n");
  }
  print_accuracy("on its head after ", true);
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), "\n");
  nn::print(console::write, "cost: ", time / (rounds * training_samples::count), " ", platform::clock_unit, " a step; ",
            sizeof trainer, " bytes of RAM for the trainer");
  platform::print_memory();
  return 0;
}
