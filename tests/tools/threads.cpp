// A Learner whose threads share each batch: the same parameters and losses, bit for bit, for 1, 2, 3 and 5 of them.
#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "tools/train/has_optimizer.hpp"
template <>
inline constexpr bool tools::has_optimizer<nn::Momentum> = false;
template <>
inline constexpr bool tools::has_optimizer<nn::RmsProp> = false;
#include "tools/train/network_learner.hpp"

namespace {

constexpr float unlimited = std::numeric_limits<float>::infinity();

// Every piece is done once in every turn, and all have ended when it returns.
void crew() {
  for (std::size_t count : {1u, 2u, 3u, 5u}) {
    tools::Crew crew{count};
    std::array<std::uint32_t, 5> done{};
    std::atomic<std::uint32_t> all = 0;
    for (std::uint32_t turn = 1; turn <= 3000; ++turn) {
      crew.together([&](std::size_t part) {
        ++done[part];
        ++all;
      });
      expect(all == turn * count);
    }
    for (std::size_t part = 0; part < done.size(); ++part) expect(done[part] == (part < count ? 3000 : 0));
  }
}

template <class Net>
void learns_alike(const char* optimizer, float longest) {
  using Learner = tools::LearnerWith<Net, nn::CrossEntropy, false>;
  using Example = typename Learner::Example;
  constexpr std::size_t count = 40;
  nn::Random random{5};
  std::vector<typename Net::Input> inputs(count);
  std::vector<Example> examples;
  for (auto& x : inputs) {
    for (auto& number : x) number = nn::number<typename Net::InputNumber>(2 * random.uniform() - 1);
    examples.push_back({x, random.below(3), {}, {}, examples.size()});
  }
  const auto begin = std::make_unique<typename Net::Parameters>();
  nn::Random draw{2};
  nn::initialize<Net>(*begin, nn::He{}, draw);

  std::vector<float> losses;
  std::uint32_t checksum = 0;
  for (std::size_t threads : {1u, 2u, 3u, 5u}) {
    tools::LearnerChoice choice{};
    choice.optimizer = optimizer;
    choice.longest = longest;
    choice.largest = unlimited;
    choice.smoothing = 0.1f;
    choice.weights = {1, 2, 0.5f};
    choice.threads = threads;
    const auto learner = std::make_unique<Learner>(choice, *begin, 1);
    expect(learner->shares_batches() == (threads > 1));
    std::size_t next = 0;
    for (std::size_t batch : {32u, 7u, 40u, 2u, 1u}) {
      const float loss = learner->learn(std::span{examples}.first(batch), 0.05f);
      if (threads == 1) losses.push_back(loss);
      else expect(loss == losses[next]);
      ++next;
    }
    if (threads == 1) {
      checksum = nn::checksum(learner->parameters());
      expect(checksum != nn::checksum(*begin));
    }
    expect_equal(nn::checksum(learner->parameters()), checksum);
  }
}

using nn::Conv2d, nn::Dense, nn::Input, nn::Relu, nn::Softmax;
template <class Number>
using Images = nn::Network<Number, Input<8, 8, 1>, Conv2d<5, 3, 3>, Relu, nn::MaxPool2d<2, 2>, Conv2d<4, 2, 2>, nn::Flatten,
                           Dense<17>, Relu, Dense<3>, Softmax>;

}  // namespace

int main() {
  crew();
  learns_alike<Images<float>>("adam", 0.5f);
  learns_alike<Images<float>>("sgd", unlimited);
  learns_alike<Images<nn::Fixed16>>("sgd", unlimited);
  return expectations_failed();
}
