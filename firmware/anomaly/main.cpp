// Learns what is normal where it runs, and reports what is not: an autoencoder of the statistics of vibration. The scale of its
// inputs, its weights and the threshold of its errors all come from what it saw while the machine was well, and none of that
// leaves the board. What it learnt is saved, the board is reset, and goes on watching.
#include <algorithm>
#include <array>
#include <new>

#include "board_store.hpp"
#include "console.hpp"
#include "machine.hpp"
#include "nn/nn.hpp"
#include "nn/signal/statistics.hpp"
#include "platform.hpp"

namespace {

using machine::Fault;

constexpr std::size_t features = 4 * machine::axes;  // of each axis: root mean square, crest, kurtosis, crossings
constexpr std::uint32_t frames_of_scale = 200, frames_to_learn = 3000, frames_of_threshold = 1000, frames_watched = 200;

using Net = nn::Network<ANOMALY_ARITHMETIC, nn::Input<features>, nn::Dense<6>, nn::Tanh, nn::Dense<features>>;
using Trainer = nn::Trainer<Net, nn::MeanSquaredError, nn::Sgd>;
constexpr nn::Sgd settings{.rate = 0.05f};

Trainer trainer{settings, nn::at_run_time(1)};
nn::Normalization<features> normalization;
float threshold = 0, threshold_of_largest = 0;

std::array<float, features> statistics(const machine::Frame& frame) {
  std::array<float, features> x{};
  auto to = x.begin();
  for (const auto& axis : frame) {
    const auto found = nn::signal::Statistics::of(std::span{axis});
    for (float each : {found.rms, found.crest, found.kurtosis, static_cast<float>(found.crossings)}) *to++ = each;
  }
  return x;
}
Net::Input seen(machine::Machine& source, Fault fault) {
  const auto raw = statistics(source.next(fault));
  return nn::normalized<Net::InputNumber>(normalization, std::span<const float, features>{raw});
}

// How far the network is from giving back what it sees.
float error(const Net::Input& x) { return trainer.mean_loss(std::array{Trainer::Sample{x, x}}); }

// Of single features, how far the oddest is from its mean: what there is without learning, to compare with.
float largest(const Net::Input& x) {
  float most = 0;
  for (const auto& each : x) most = std::max({most, static_cast<float>(each), -static_cast<float>(each)});
  return most;
}

void find_scale(machine::Machine& source) {
  nn::RunningNormalization<features> running;
  for (std::uint32_t k = 0; k < frames_of_scale; ++k) running.add(statistics(source.next(Fault::none)));
  normalization = running.value();
}

void learn(machine::Machine& source) {
  float loss = 0;
  for (std::uint32_t k = 1; k <= frames_to_learn; ++k) {
    const Net::Input x = seen(source, Fault::none);
    loss += static_cast<float>(trainer.step(x, x));
    if (k % 500 != 0) continue;
    nn::print(console::write, "frames ", k - 499, " to ", k, "  error ", nn::decimal(loss / 500, 4), "\n");
    loss = 0;
  }
}

void find_threshold(machine::Machine& source) {
  nn::Threshold<frames_of_threshold / 100> of_errors, of_largest;
  for (std::uint32_t k = 0; k < frames_of_threshold; ++k) {
    const Net::Input x = seen(source, Fault::none);
    of_errors.add(error(x));
    of_largest.add(largest(x));
  }
  threshold = of_errors.value();
  threshold_of_largest = of_largest.value();
  nn::print(console::write, "threshold ", nn::decimal(threshold, 4), ", the 99th percentile of ", frames_of_threshold,
            " errors\n");
}

void watch(const char* what) {
  nn::print(console::write, what, ", of ", frames_watched, " frames each:\n");
  for (std::size_t i = 0; i < machine::names.size(); ++i) {
    machine::Machine source{static_cast<std::uint32_t>(100 + i)};
    std::uint32_t beyond = 0, without_learning = 0;
    for (std::uint32_t k = 0; k < frames_watched; ++k) {
      const Net::Input x = seen(source, static_cast<Fault>(i));
      if (!(error(x) <= threshold)) ++beyond;
      if (!(largest(x) <= threshold_of_largest)) ++without_learning;
    }
    const auto share = [](std::uint32_t frames) {
      return nn::decimal(100 * static_cast<float>(frames) / static_cast<float>(frames_watched), 2);
    };
    nn::print(console::write, i == 0 ? "  false alarms " : "  found ", share(beyond), " %, by single features ",
              share(without_learning), " %: ", machine::names[i], "\n");
  }
}

void print_cost(machine::Machine& source) {
  const auto begin = platform::clock();
  const auto raw = statistics(source.next(Fault::none));
  const auto framed = platform::clock();
  const auto x = nn::normalized<Net::InputNumber>(normalization, std::span<const float, features>{raw});
  const auto scaled = platform::clock();
  static_cast<void>(error(x));
  const auto judged = platform::clock();
  trainer.step(x, x);
  const auto learnt = platform::clock();
  nn::print(console::write, "cost: ", framed - begin, " ", platform::clock_unit, " to draw and describe a frame, ",
            judged - scaled, " to judge it, ", learnt - judged, " to learn from it; ", sizeof trainer,
            " bytes of RAM for the trainer");
  platform::print_memory();
}

// True if there is nothing more to do; false when it wants a reset.
bool run() {
  std::uint32_t step = 0;
  nn::TrainingImage image{trainer, step, normalization.mean, normalization.scale, threshold, threshold_of_largest};
  platform::Store store{image.size()};
  const nn::ImageStatus found = nn::load(store, image);
  if (found == nn::ImageStatus::ok) {
    nn::print(console::write, "knows what is normal from ", step, " frames\n");
    watch("after the reset");
    return true;
  }
  if (found != nn::ImageStatus::nothing_stored)
    nn::print(console::write, "what is stored is ", nn::describe(found), "; learns anew\n");

  nn::print(console::write, "autoencoder ", features, "-6-", features, ", ", Net::Arithmetic::name, "\n");
  machine::Machine source{1};
  find_scale(source);
  learn(source);
  step = frames_to_learn;
  find_threshold(source);
  watch("watching");
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), " of the weights\n");
  if (const nn::StoreStatus saved = nn::save(store, image); saved != nn::StoreStatus::ok) {
    nn::print(console::write, "cannot save: ", nn::describe(saved), "\n");
    return true;
  }
  print_cost(source);
  nn::print(console::write, "saved ", image.size(), " bytes; reset\n");
  return false;
}

}  // namespace

int main() {
  while (!run()) {
    platform::reset();
    new (&trainer) Trainer{settings, nn::at_run_time(1)};  // where there is no reset
    normalization = {};
    threshold = threshold_of_largest = 0;
  }
  return 0;
}
