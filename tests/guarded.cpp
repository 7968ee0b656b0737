// The guard: wrong labels, a rate that saturates, a NaN; it says what it saw and goes back, in memory and in a store.
#include <array>
#include <limits>

#include "chips/simulated_flash.hpp"
#include "expect.hpp"
#include "nn/guarded.hpp"
#include "nn/nn.hpp"

namespace {

template <class Arithmetic>
using Net = nn::Network<Arithmetic, nn::Input<4>, nn::Dense<8>, nn::Relu, nn::Dense<3>, nn::Softmax>;

// Three classes by the largest of the first three inputs.
template <class Net>
struct Task {
  nn::Random random{7};
  typename Net::Input x{};
  std::size_t label = 0;

  void draw() {
    label = random.below(3);
    for (std::size_t i = 0; i < 4; ++i)
      x[i] = nn::number<typename Net::InputNumber>(random.uniform() + (i == label ? 1.0f : 0.0f));
  }
};

template <class Trainer, class Net>
struct Held {
  std::array<typename Net::Input, 12> inputs{};
  std::array<std::size_t, 12> labels{};
  Held() {
    Task<Net> task;
    task.random = nn::Random{9};
    for (std::size_t i = 0; i < 12; ++i) {
      task.draw();
      inputs[i] = task.x;
      labels[i] = task.label;
    }
  }
  auto samples() const {
    return [this]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array{typename Trainer::Sample{inputs[I], labels[I]}...};
    }(std::make_index_sequence<12>{});
  }
};

struct Counts {
  std::array<std::uint32_t, 8> of{};
  std::uint32_t& operator[](nn::Notice notice) { return of[static_cast<std::size_t>(notice)]; }
};

constexpr std::array bad_notices{nn::Notice::loss_rose, nn::Notice::held_loss_rose, nn::Notice::accuracy_fell,
                                 nn::Notice::saturated};

template <class Arithmetic, class Optimizer>
struct Case {
  using Network = Net<Arithmetic>;
  using Trainer = nn::Trainer<Network, nn::CrossEntropy, Optimizer>;
  Trainer trainer;
  Held<Trainer, Network> held;
  std::array<typename Trainer::Sample, 12> samples = held.samples();
  Task<Network> task;

  explicit Case(const Optimizer& settings) : trainer{settings, nn::at_run_time(1)} {}

  // `shift` is added to each label: 0 are right ones.
  Counts learn(auto& guarded, int steps, std::size_t shift) {
    Counts counts;
    for (int i = 0; i < steps; ++i) {
      task.draw();
      ++counts[guarded.step(task.x, (task.label + shift) % 3).what];
    }
    return counts;
  }
};

template <class Arithmetic, class Optimizer>
void wrong_labels(const Optimizer& settings) {
  using Here = Case<Arithmetic, Optimizer>;
  Here here{settings};
  nn::KeptInMemory keeper{here.trainer};
  nn::Guarded guarded{here.trainer, keeper, std::span<const typename Here::Trainer::Sample>{here.samples}};
  Counts good = here.learn(guarded, 1280, 0);
  expect(good[nn::Notice::kept] == 20 && guarded.went_back() == 0);
  expect(guarded.accuracy_of_held() > 0.9f);
  const float before = guarded.accuracy_of_held();
  const std::uint32_t parameters = nn::checksum(here.trainer.parameters);
  Counts bad = here.learn(guarded, 640, 1);
  std::uint32_t seen = 0;
  for (nn::Notice notice : bad_notices) seen += bad[notice];
  expect(seen == 10 && guarded.went_back() == 10 && bad[nn::Notice::kept] == 0);
  expect(guarded.accuracy_of_held() == before && nn::checksum(here.trainer.parameters) == parameters);
  expect(here.learn(guarded, 640, 0)[nn::Notice::kept] == 10);

  // Without a guard they are learnt.
  for (int i = 0; i < 640; ++i) {
    here.task.draw();
    here.trainer.step(here.task.x, (here.task.label + 1) % 3);
  }
  expect(here.trainer.evaluate(here.samples).accuracy < 0.5f);
}

void a_rate_that_saturates() {
  using Here = Case<nn::Fixed16, nn::Sgd>;
  Here here{{.rate = 0.05f}};
  nn::KeptInMemory keeper{here.trainer};
  nn::Guarded guarded{here.trainer, keeper, std::span<const Here::Trainer::Sample>{here.samples}};
  here.learn(guarded, 1280, 0);
  here.trainer.optimizer.rate = 1;
  Counts counts = here.learn(guarded, 64, 0);
  expect(counts[nn::Notice::saturated] == 1);
  expect(here.trainer.optimizer.rate == 0.05f && guarded.accuracy_of_held() > 0.9f &&
         nn::saturation(here.trainer.parameters) == 0);
}

void refused_samples_are_told() {
  using Here = Case<float, nn::Sgd>;
  Here here{{.rate = 0.05f}};
  nn::KeptInMemory keeper{here.trainer};
  nn::Guarded guarded{here.trainer, keeper, std::span<const Here::Trainer::Sample>{here.samples}};
  here.task.draw();
  expect(guarded.step(here.task.x, 3u).what == nn::Notice::refused);
  here.task.x[1] = std::numeric_limits<float>::quiet_NaN();
  expect(guarded.step(here.task.x, 0u).what == nn::Notice::refused);
  // Parameters that were spoilt by other means.
  nn::get<2>(here.trainer.parameters).bias[1] = std::numeric_limits<float>::quiet_NaN();
  expect(guarded.look() == nn::Notice::saturated && nn::is_finite(here.trainer.parameters));
}

// The step's number goes back, too, and what the store holds is what the trainer went back to.
void kept_in_a_store() {
  using Here = Case<float, nn::Momentum>;
  Here here{{.rate = 0.01f}};
  static SimulatedCells<4, 1024> cells{};
  std::uint32_t step = 0;
  nn::TrainingImage image{here.trainer, step};
  nn::Store store{image.size(), SimulatedFlash<4, 1024, 8>{cells}};
  nn::KeptInStore keeper{store, image};
  nn::Guarded guarded{here.trainer, keeper, std::span<const Here::Trainer::Sample>{here.samples}, {.steps = 128}};
  here.learn(guarded, 1280, 0);
  step = 1280;
  expect(guarded.look() == nn::Notice::kept);
  const std::uint32_t before = nn::checksum(here.trainer.parameters);
  step = 1408;
  here.learn(guarded, 128, 1);
  expect(guarded.went_back() == 1 && nn::checksum(here.trainer.parameters) == before && step == 1280);
}

}  // namespace

int main() {
  wrong_labels<float>(nn::Sgd{.rate = 0.1f});
  wrong_labels<float>(nn::Adam{.rate = 0.01f});
  wrong_labels<nn::Fixed16>(nn::Sgd{.rate = 0.1f});
  a_rate_that_saturates();
  refused_samples_are_told();
  kept_in_a_store();
  return expectations_failed();
}
