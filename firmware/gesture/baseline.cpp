// gesture_baseline: how far mean and deviation of each axis tell the gestures apart, by a small network of these six numbers.
// They must not get beyond 85 %, or the windows would be too easy.
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "gestures.hpp"
#include "nn/nn.hpp"

namespace {

using Net = nn::Network<float, nn::Input<6>, nn::Dense<24>, nn::Relu, nn::Dense<gesture::known>, nn::Softmax>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy>;

Net::Input mean_and_deviation(const gesture::Window& window) {
  Net::Input x{};
  for (std::size_t axis = 0; axis < gesture::axes; ++axis) {
    float mean = 0, square = 0;
    for (const auto& frame : window) mean += frame[axis] / static_cast<float>(gesture::frames);
    for (const auto& frame : window) square += (frame[axis] - mean) * (frame[axis] - mean) / static_cast<float>(gesture::frames);
    x[axis] = mean;
    x[gesture::axes + axis] = std::sqrt(square);
  }
  return x;
}

std::vector<Net::Input> draw(std::uint32_t seed, std::size_t count) {
  gesture::Hand hand{seed};
  std::vector<Net::Input> inputs;
  for (std::size_t i = 0; i < count; ++i)
    inputs.push_back(mean_and_deviation(hand.draw(static_cast<gesture::Figure>(i % gesture::known))));
  return inputs;
}

}  // namespace

int main() {
  const auto training = draw(1, 1200), test = draw(2, 800);
  static Trainer trainer{{.rate = 0.05f}, 1};
  nn::Random random{1};
  for (int step = 0; step < 60'000; ++step) {
    const std::size_t i = random.below(static_cast<std::uint32_t>(training.size()));
    trainer.step(training[i], i % gesture::known);
  }
  std::vector<Trainer::Sample> samples;
  for (std::size_t i = 0; i < test.size(); ++i) samples.push_back({test[i], i % gesture::known});
  const float accuracy = 100 * trainer.evaluate(samples).accuracy;
  std::printf("mean and deviation of a window: %.2f %% of the gestures\n", static_cast<double>(accuracy));
  return accuracy < 85 ? 0 : 1;
}
