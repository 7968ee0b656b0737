// A batch whose samples pass through the network side by side, and in pieces as threads take them, against portable kernels that
// take one sample after the other: parameters, losses and refused samples, bit for bit.
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using nn::Conv2d, nn::Dense, nn::Input, nn::Relu, nn::Softmax;

// Kernels that take one sample at a time.
struct OneByOne : nn::Portable {};

template <class Number>
Number drawn(nn::Random& random, float size) {
  return nn::number<Number>(size * (2 * random.uniform() - 1));
}

// Some steps of batches with samples that are refused, whose gradients are 0 or beyond the limit, and with wide inputs.
template <class Net, class Loss, class Optimizer>
void learns_alike(const Optimizer& optimizer, auto target, std::size_t frozen = 0) {
  constexpr std::size_t batch = 21, most_parts = 5;
  using Alone = nn::Trainer<Net, Loss, Optimizer, 2, OneByOne>;
  using Together = nn::Trainer<Net, Loss, Optimizer, batch>;
  static_assert(Together::SideBySide::possible && Together::SideBySide::in_threads);
  static_assert(Together::side_by_side && !Alone::side_by_side);
  const auto alone = std::make_unique<Alone>(optimizer, 7u);
  const auto together = std::make_unique<Together>(optimizer, 7u);
  std::array<std::unique_ptr<Together>, most_parts + 1> in_parts;
  for (std::size_t parts = 1; parts <= most_parts; ++parts) in_parts[parts] = std::make_unique<Together>(optimizer, 7u);
  alone->freeze(frozen);
  together->freeze(frozen);
  for (std::size_t parts = 1; parts <= most_parts; ++parts) in_parts[parts]->freeze(frozen);

  nn::Random random{3};
  std::vector<typename Net::Input> inputs(batch);
  for (int step = 0; step < 4; ++step) {
    std::vector<typename Together::Sample> samples;
    const float size = step == 3 ? 30.0f : 1.0f;
    for (auto& x : inputs) {
      for (auto& number : x) number = drawn<typename Net::InputNumber>(random, size);
      if constexpr (std::is_same_v<typename Net::InputNumber, float>) {
        if (random.below(7) == 0) x[random.below(static_cast<std::uint32_t>(x.size()))] = std::numeric_limits<float>::quiet_NaN();
        if (random.below(7) == 0) x[0] = 0x1p45f;  // beyond the limit of gradients, or even refused
      }
      samples.push_back({x, target(random)});
    }
    const std::uint32_t before = alone->refused();
    std::vector<float> losses;
    for (const auto& sample : samples) losses.push_back(static_cast<float>(alone->accumulate(sample.input, sample.target)));
    const std::size_t learnt = batch - (alone->refused() - before);
    expect(learnt > 0);
    alone->apply(learnt);

    if (step < 3) together->step(std::span<const typename Together::Sample, batch>{samples});
    else {
      std::size_t k = 0;
      together->accumulate_all(samples, [&](auto loss) { expect(static_cast<float>(loss) == losses[k++]); });
      expect(k == batch);
      together->apply(learnt);
    }
    expect(together->refused() == alone->refused() && nn::checksum(together->parameters) == nn::checksum(alone->parameters));

    for (std::size_t parts = 1; parts <= most_parts; ++parts) {
      Together& trainer = *in_parts[parts];
      std::vector<typename Together::Pass> passes(batch);
      for (std::size_t part = parts; part-- > 0;) {
        const std::size_t first = batch * part / parts, count = batch * (part + 1) / parts - first;
        trainer.pass(std::span<const typename Together::Sample>{samples}.subspan(first, count),
                     std::span{passes}.subspan(first, count));
      }
      for (std::size_t part = parts; part-- > 0;) trainer.add(passes, part, parts);
      trainer.count_refused(passes);
      const float share = trainer.begin_apply(learnt);
      for (std::size_t part = parts; part-- > 0;) trainer.apply_part(share, part, parts);
      for (std::size_t k = 0; k < batch; ++k) expect(static_cast<float>(passes[k].loss) == losses[k]);
      expect(trainer.refused() == alone->refused() && nn::checksum(trainer.parameters) == nn::checksum(alone->parameters));
    }
  }
}

std::size_t label(nn::Random& random) { return random.below(11) == 0 ? 10 : random.below(3); }  // 10 is refused

template <class Number>
using Odd = nn::Network<Number, Input<17>, Dense<13>, Relu, Dense<9>, nn::Tanh, Dense<3>, Softmax>;
template <class Number>
using Images = nn::Network<Number, Input<7, 6, 2>, Conv2d<5, 3, 3, nn::Same>, Relu, nn::MaxPool2d<2, 2>, Conv2d<4, 2, 2>,
                           nn::Flatten, Dense<3>, Softmax>;
using Various = nn::Network<float, Input<6, 6, 2>, nn::DepthwiseConv2d<2, 3, 3>, nn::LeakyRelu<>, Conv2d<3, 1, 1>, nn::Gelu,
                            nn::GlobalAvgPool, Dense<3>, Softmax>;

// More of the same kinds, by one compiler.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    learns_alike<Odd<nn::Fixed16>, nn::CrossEntropy>(nn::Sgd{.rate = 0.1f}, label);
    learns_alike<Images<float>, nn::CrossEntropy>(nn::Adam{}, label);
    learns_alike<Various, nn::CrossEntropy>(nn::Sgd{.rate = 0.1f}, label);
  }
}

}  // namespace

int main() {
  learns_alike<Odd<float>, nn::CrossEntropy>(nn::Sgd{.rate = 0.1f}, label);
  learns_alike<Odd<float>, nn::CrossEntropy>(nn::Sgd{.rate = 0.1f}, label, 2);
  learns_alike<Images<nn::Fixed16>, nn::CrossEntropy>(nn::Sgd{.rate = 0.1f}, label);
  learns_alike<Odd<float>, nn::SumSquaredError>(nn::ClipNorm<nn::Momentum>{{.rate = 0.1f}, 0.5f}, [](nn::Random& random) {
    static constexpr std::array<float, 3> answers[]{{0, 1, 0}, {0.5f, 0, 0.25f}};
    return std::span<const float, 3>{answers[random.below(2)]};
  });
  others<BRIEF>();
  return expectations_failed();
}
