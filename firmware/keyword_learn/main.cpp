// Learns new classes where it runs, from a few samples of each. A body of int8, imported, lies in flash and stays as it is; only
// a small head learns, from the features that the body gives. What it learnt is saved, the board is reset, and still knows it.
#include <algorithm>
#include <array>
#include <new>

#include "board_store.hpp"
#include "body.hpp"
#include "console.hpp"
#include "nn/nn.hpp"
#include "platform.hpp"
#include "test_samples.hpp"
#include "training_samples.hpp"

namespace {

constexpr std::size_t first_class = std::ranges::min(training_samples::labels);
constexpr std::size_t classes = std::ranges::max(training_samples::labels) - first_class + 1;

body::Net net;
constexpr std::size_t inputs = decltype(net.input())::extent, features = decltype(net.output())::extent;
using Head = nn::Network<KEYWORD_LEARN_ARITHMETIC, nn::Input<features>, nn::Dense<classes>, nn::Softmax>;
using Trainer = nn::Trainer<Head, nn::CrossEntropy, nn::Sgd>;

constexpr std::uint32_t rounds = 20;
constexpr nn::Sgd settings{.rate = 0.1f};
Trainer head{settings, nn::at_run_time(1)};

struct Time {
  std::uint64_t sum = 0;
  std::uint32_t count = 0;
};
Time in_body, in_steps;

auto timed(Time& time, auto work) {
  const std::uint64_t begin = platform::clock();
  const auto result = work();
  time.sum += platform::clock() - begin;
  ++time.count;
  return result;
}

// What the body makes of a raw sample.
Head::Input seen(std::span<const std::uint8_t> raw) {
  const auto x = net.input();
  const std::span<const std::uint8_t, x.extent> sample{raw.data(), x.extent};
  std::ranges::transform(nn::normalized(body::normalization, sample), x.begin(),
                         [](float value) { return body::input_0.code(value); });
  return timed(in_body, [] {
    net.run();
    return nn::int8::features<Head::InputNumber>(net.output(), body::output_0);
  });
}
template <std::size_t Bytes>
std::span<const std::uint8_t> raw(const std::array<std::uint8_t, Bytes>& samples, std::size_t i) {
  return std::span{samples}.subspan(i * inputs, inputs);
}

// Of test samples of the new classes, in words.
void print_accuracy(const char* when) {
  std::uint32_t right = 0;
  for (std::size_t i = 0; i < test_samples::count; ++i)
    if (head.decide(seen(raw(test_samples::inputs, i))) == test_samples::labels[i] - first_class) ++right;
  const float share = static_cast<float>(right) / static_cast<float>(test_samples::count);
  nn::print(console::write, when, "  accuracy ", nn::decimal(100 * share, 2), " %, ", right, " of ", test_samples::count, "\n");
}

void learn(std::uint32_t& step) {
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    float loss = 0;
    for (std::size_t i = 0; i < training_samples::count; ++i, ++step) {
      const Head::Input x = seen(raw(training_samples::inputs, i));
      const std::size_t label = training_samples::labels[i] - first_class;
      loss += static_cast<float>(timed(in_steps, [&] { return head.step(x, label); }));
    }
    if (round == 1 || round % 5 == 0)
      nn::print(console::write, "round ", round, "/", rounds, "  loss ", nn::decimal(loss / training_samples::count, 4), "\n");
  }
}

void print_cost() {
  const auto mean = [](const Time& time) { return time.count == 0 ? 0 : time.sum / time.count; };
  nn::print(console::write, "cost: ", mean(in_body), " ", platform::clock_unit, " a sample through the body, ", mean(in_steps),
            " a step of the head; ", sizeof net, " bytes of RAM for the body, ", sizeof head, " for the head");
  platform::print_memory();
}

// True if there is nothing more to do; false when it wants a reset.
bool run() {
  std::uint32_t step = 0;
  nn::TrainingImage image{head, step};
  platform::Store store{image.size()};
  const nn::ImageStatus found = nn::load(store, image);
  if (found == nn::ImageStatus::ok) {
    nn::print(console::write, "has learnt ", step, " steps\n");
    print_accuracy("after the reset");
    return true;
  }
  if (found != nn::ImageStatus::nothing_stored)
    nn::print(console::write, "what is stored is ", nn::describe(found), "; learns anew\n");

  nn::print(console::write, "body: int8, ", features, " features; head: ", features, "-", classes, ", ", Head::Arithmetic::name,
            "; classes ", first_class, " to ", first_class + classes - 1, " are new, ", training_samples::count / classes,
            " samples of each\n");
  print_accuracy("before         ");
  learn(step);
  print_accuracy("after          ");
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(head.parameters)), " of the head\n");
  print_cost();
  if (const nn::StoreStatus saved = nn::save(store, image); saved != nn::StoreStatus::ok) {
    nn::print(console::write, "cannot save: ", nn::describe(saved), "\n");
    return true;
  }
  nn::print(console::write, "saved ", image.size(), " bytes; reset\n");
  return false;
}

}  // namespace

int main() {
  while (!run()) {
    platform::reset();
    new (&head) Trainer{settings, nn::at_run_time(1)};  // where there is no reset
  }
  return 0;
}
