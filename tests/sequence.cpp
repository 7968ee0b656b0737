// Layers of sequences: LayerNorm, causal convolutions and Embedding against what their formulas say.
#include <array>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

// y[t] = 1·x[t - 2] + 10·x[t - 1] + 100·x[t]
using Taps = Network<float, Input<4, 1>, Conv1d<1, 3, Causal>>;
static_assert(Taps::forward({{{.weight = {{{1, 10, 100}}}, .bias = {}}}}, {1, 2, 3, 4}) == Taps::Output{100, 210, 321, 432});
// y[t] = 1·x[2t - 3] + 10·x[2t]
using Strided = Network<float, Input<5, 1>, Conv1d<1, 2, Causal, Dilation<3>, Stride<2>>>;
static_assert(Strided::forward({{{.weight = {{{1, 10}}}, .bias = {}}}}, {1, 2, 3, 4, 5}) == Strided::Output{10, 30, 52});
// A window longer than the sequence.
using Long = Network<float, Input<2, 1>, Conv1d<1, 5, Causal>>;
static_assert(Long::forward({{{.weight = {{{1, 2, 3, 4, 5}}}, .bias = {1}}}}, {1, 2}) == Long::Output{6, 15});
static_assert(Network<float, Input<5, 1>, Conv1d<1, 3, Causal>>::fingerprint !=
              Network<float, Input<5, 1>, Conv1d<1, 3, Same>>::fingerprint);

// Mean 0 and variance 1 for each step of its own; then 2·n + 1.
using Norm = Network<float, Input<2, 4>, LayerNorm>;
static_assert([] {
  const auto y = Norm::forward({{{.gamma = {2, 2, 2, 2}, .beta = {1, 1, 1, 1}}}}, {1, 2, 3, 6, -50, -50, 50, 50});
  const float expected[]{1 - 4 / 1.8708287f, 1 - 2 / 1.8708287f, 1, 1 + 6 / 1.8708287f, -1, -1, 3, 3};
  for (std::size_t i = 0; i < 8; ++i)
    if (y[i] - expected[i] > 1e-5f || expected[i] - y[i] > 1e-5f) return false;
  return true;
}());

using Words = Network<float, Input<4>, Embedding<3, 2>>;
constexpr Words::Parameters rows{{{.weight = {{{1, 2}, {3, 4}, {5, 6}}}}}};
static_assert(Words::forward(rows, {0, 2, 1, 2}) == Words::Output{1, 2, 5, 6, 3, 4, 5, 6});
static_assert(Words::forward(rows, {-1, 1.9f, 3, 1e30f}) == Words::Output{1, 2, 3, 4, 5, 6, 5, 6});
static_assert(Words::Layer<0>::output == Shape{1, 4, 2});
using Symbols16 = FixedPoint<Format{.input = 0}>;
using Many = Network<Symbols16, Input<2>, Embedding<1000, 3>>;
static_assert(Many::Layer<0>::output.size() == 6);

// With rate 1 each row moves by its gradient, which is y of its steps here, since the target is 0 and L = Σ y² / 2.
void check_embedding() {
  using Net = Network<float, Input<4>, Embedding<3, 2>>;
  Net::Parameters p{};
  get<0>(p).weight = {{{0.5f, 0.25f}, {1, 2}, {4, 8}}};
  Trainer<Net, SumSquaredError> trainer{{.rate = 0.125f}, p};
  const std::array<float, 4> x{1, 0, 1, 1};
  const std::array<float, 8> zero{};
  const float loss = trainer.step(x, zero);
  const auto& after = get<0>(trainer.parameters).weight;
  // Three steps have symbol 1: its gradient is three times that of one.
  const float share = (0.5f - after[0][0]) / 0.5f;
  expect(loss > 0 && share > 0);
  expect((1 - after[1][0]) == 3 * share);
  expect((2 - after[1][1]) == 6 * share);
  expect(after[2][0] == 4 && after[2][1] == 8);
  // To the symbols goes nothing.
  std::array<float, 4> dx{1, 2, 3, 4};
  Net::Layer<0>::backward<target::Kernels>(get<0>(p), x, zero, zero, dx);
  expect(dx == std::array<float, 4>{});
}

}  // namespace

int main() {
  check_embedding();
  return expectations_failed();
}
