// BatchNorm by the statistics of a batch: gradients against differences of the loss, also inside branches, and the running
// statistics; and the gradient of a folded layer, brought back to the layer and its BatchNorm.
#include <array>
#include <cmath>
#include <vector>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "tools/quantize/unfolded_gradient.hpp"
#include "tools/train/batch_learner.hpp"

namespace {

using tools::BatchGradient;
using tools::Teacher;
using Loss = nn::CrossEntropy;

template <class Net>
struct Batch {
  using Example = typename tools::Asked<Net, Loss>::Example;
  std::array<std::array<float, Net::inputs>, 6> x;
  std::vector<Example> examples;

  Batch() {
    nn::Random random{5};
    for (std::size_t k = 0; k < x.size(); ++k) {
      for (float& one : x[k]) one = 3 * random.uniform() - 1;
      examples.push_back({x[k], k % Net::outputs, {}, {}, k});
    }
  }
};

const tools::LearnerChoice plain{.optimizer = "sgd",
                                 .batch = 6,
                                 .momentum = 0,
                                 .decay = 0,
                                 .longest = 1e6f,
                                 .largest = 1e6f,
                                 .smoothing = 0,
                                 .weights = {},
                                 .normalizes_batches = true};

using Branched = nn::Network<float, nn::Input<4, 4, 1>, nn::Conv2d<2, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Tanh,   //
                             nn::Residual<nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::BatchNorm<>, nn::Tanh>,       //
                             nn::Concat<nn::Branch<>, nn::Branch<nn::Conv2d<1, 1, 1>, nn::BatchNorm<>, nn::Tanh>>,  //
                             nn::Flatten, nn::Dense<3>, nn::Softmax>;

void differences() {
  const Batch<Branched> batch;
  const Teacher<Branched, Loss> teacher{plain};
  Branched::Parameters start{};
  nn::Random draw{3};
  nn::initialize<Branched>(start, nn::Glorot{}, draw);
  const auto loss = [&](Branched::Parameters p) {
    Branched::ParametersIn<float> nothing{};
    return BatchGradient<Branched, Loss>{1}.add(p, nothing, batch.examples, teacher, 0);
  };
  Branched::ParametersIn<float> gradient{};
  Branched::Parameters moved = start;
  BatchGradient<Branched, Loss>{1}.add(moved, gradient, batch.examples, teacher, 0);
  Branched::Parameters probe = start;
  std::size_t numbers = 0, off = 0;
  nn::for_each_row(
      [&](const auto& g, auto& p) {
        for (std::size_t i = 0; i < g.size(); ++i) {
          const float before = p[i], h = 0x1p-7f;
          p[i] = before + h;
          const float above = loss(probe);
          p[i] = before - h;
          const float below = loss(probe);
          p[i] = before;
          const float expected = (above - below) / (2 * h) * static_cast<float>(batch.examples.size());
          if (std::abs(g[i] - expected) > 0.01f * (1 + std::abs(expected))) ++off;
          ++numbers;
        }
      },
      gradient, probe);
  expect(numbers == 20 + 4 + 20 + 4 + 3 + 2 + 3 * 48 + 3);
  expect(off == 0);

  // Frozen layers keep their statistics, those of branches, too; others move.
  moved = start;
  Branched::ParametersIn<float> nothing{};
  BatchGradient<Branched, Loss>{1}.add(moved, nothing, batch.examples, teacher, 4);
  expect(nn::get<1>(moved).mean == nn::get<1>(start).mean);
  expect(nn::get<1>(nn::get<1>(nn::get<3>(moved))).mean == nn::get<1>(nn::get<1>(nn::get<3>(start))).mean);
  expect(nn::get<1>(nn::get<1>(nn::get<4>(moved))).mean != nn::get<1>(nn::get<1>(nn::get<4>(start))).mean);
}

// 0, 2, 4, 6, 8, 10 have mean 5 and variance 14 as samples of a whole; six samples move a quarter of the way each.
void statistics() {
  using Net = nn::Network<float, nn::Input<1>, nn::BatchNorm<2>, nn::Dense<2>, nn::Softmax>;
  Batch<Net> batch;
  for (std::size_t k = 0; k < 6; ++k) batch.x[k][0] = 2 * static_cast<float>(k);
  Net::Parameters p{};
  nn::get<0>(p) = {.gamma = {1}, .beta = {0}, .mean = {0}, .variance = {1}};
  Net::ParametersIn<float> nothing{};
  BatchGradient<Net, Loss>{1}.add(p, nothing, batch.examples, Teacher<Net, Loss>{plain}, 0);
  const double way = 1 - std::pow(0.75, 6);
  expect(std::abs(static_cast<double>(nn::get<0>(p).mean[0]) - 5 * way) < 1e-5);
  expect(std::abs(static_cast<double>(nn::get<0>(p).variance[0]) - (1 + 13 * way)) < 1e-5);
}

// A Trainer with statistics that stay where they are takes the gradient that the folded layer's is brought back to.
template <class Layer>
void unfolded() {
  using Net = nn::Network<float, nn::Input<4, 4, 2>, Layer, nn::BatchNorm<30>, nn::Tanh, nn::Flatten, nn::Dense<3>, nn::Softmax>;
  using Small = nn::Folded<Net>;
  const Batch<Net> batch;
  typename Net::Parameters p{};
  nn::Random draw{3};
  nn::initialize<Net>(p, nn::Glorot{}, draw);
  auto& norm = nn::get<1>(p);
  norm = {.gamma = {2, -0.5f}, .beta = {0.25f, 1}, .mean = {0.5f, -1}, .variance = {4, 0.25f}};
  nn::get<0>(p).bias = {1, -2};
  nn::Trainer<Net, Loss, nn::Sgd, 2> whole{{}, p};
  nn::Trainer<Small, Loss, nn::Sgd, 2> folded{{}, nn::fold<Net>(p)};
  for (const auto& example : batch.examples) {
    whole.accumulate(tools::input_of<Net>(example), example.label);
    folded.accumulate(tools::input_of<Net>(example), example.label);
  }
  typename Net::template ParametersIn<float> sum{};
  nn::get<0>(sum) = nn::get<0>(folded.gradient_sum());
  tools::quantizer::unfold_gradient<typename Net::template Layer<0>>(nn::get<0>(p), norm, nn::get<0>(sum), nn::get<1>(sum));
  nn::get<4>(sum) = nn::get<3>(folded.gradient_sum());
  nn::for_each_row(
      [](const auto& a, const auto& b) {
        for (std::size_t i = 0; i < a.size(); ++i) expect(std::abs(a[i] - b[i]) <= 1e-4f * (1 + std::abs(a[i])));
      },
      whole.gradient_sum(), sum);
}

}  // namespace

int main() {
  differences();
  statistics();
  unfolded<nn::Conv2d<2, 3, 3, nn::Same>>();
  unfolded<nn::DepthwiseConv2d<1, 3, 3, nn::Same>>();
  return expectations_failed();
}
