// Layers of layers: their memory is part of the network's workspace and counted, and a Trainer computes with it as inference
// does.
#include <array>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

// 4x4x2 numbers in and out. The branches compute one after the other, so the larger counts: [4][4][8] and [4][4][2].
using Block = Concat<Branch<Conv2d<8, 1, 1>, Relu, Conv2d<1, 3, 3, Same>>, Branch<Conv2d<1, 3, 3, Same>>>;
template <class A>
using Net = Network<A, Input<4, 4, 2>, Conv2d<2, 1, 1>, Residual<Conv2d<2, 1, 1>, Block>, Block, Flatten, Dense<3>, Softmax>;

// The two Blocks take turns; the first lies inside a Residual, which needs two outputs of its own.
constexpr std::size_t block = 4 * 16 * (8 + 1);
constexpr std::size_t residual = 4 * 16 * (2 + 2) + block;
constexpr auto& in_float = cost<Net<float>>;
static_assert(sizeof(Net<float>::Workspace) == 4 * 16 * (2 + 2) + residual);
static_assert(sizeof(Inference<Net<float>>) == sizeof(Net<float>::Workspace) + sizeof(void*));
static_assert(in_float.workspace_bytes == sizeof(Net<float>::Workspace));
static_assert(in_float.layers[1].workspace_bytes == 4 * 16 * (2 + 2) + residual);
static_assert(in_float.layers[2].workspace_bytes == 4 * 16 * (2 + 2) + block);
static_assert(cost<Net<Fixed16>>.workspace_bytes == in_float.workspace_bytes / 2);

// Products: one for each weight at each position.
static_assert(in_float.layers[0].macs == 16 * 2 * 2);
static_assert(in_float.layers[2].macs == 16 * (8 * 2 + 9 * 8 + 9 * 2));
static_assert(in_float.layers[1].macs == 16 * 2 * 2 + in_float.layers[2].macs);
static_assert(in_float.macs == in_float.layers[0].macs + in_float.layers[1].macs + in_float.layers[2].macs + 32 * 3);
static_assert(cost<Network<float, Input<7, 6, 2>, DepthwiseConv2d<3, 3, 2, Same, Stride<2>>>>.macs == 4 * 3 * 6 * (3 * 2));
static_assert(cost<Network<float, Input<9, 4>, Conv1d<5, 3, Dilation<2>>>>.macs == 5 * 5 * (3 * 4));

// On the stack: a window of 3x3x8 numbers; a pointwise window lies in one piece. In training also a row of sums.
static_assert(in_float.layers[0].scratch_bytes == 0);
static_assert(in_float.scratch_bytes == 4 * 3 * 3 * 8);
static_assert(in_float.training_scratch_bytes == 4 * 3 * 3 * 8);
static_assert(cost<Net<Fixed16>>.scratch_bytes == 2 * 3 * 3 * 8);
static_assert(cost<Net<Fixed16>>.training_scratch_bytes == 8 * 3 * 3 * 8);

// Where a layer learns in its forward pass or draws, evaluation and frozen layers do neither.
template <class A>
using Drawing = Network<A, Input<4, 4, 2>, Residual<Dropout<50>, Conv2d<2, 3, 3, Same>, BatchNorm<2>>,
                        Concat<Branch<>, Branch<Dropout<20>, Tanh>>, Flatten, Dense<3>, Softmax>;

template <class Net>
void evaluates_as_it_infers() {
  using T = Trainer<Net, CrossEntropy>;
  using X = typename Net::InputNumber;
  T trainer{Sgd{.rate = 0.02f}, 7};
  Random random{2};
  typename Net::Input x{};
  for (int step = 0; step < 5; ++step) {
    for (X& value : x) value = number<X>(random.uniform());
    trainer.step(x, random.below(3));
  }
  const auto before = checksum(trainer.parameters);
  const std::array samples{typename T::Sample{x, 1}};
  const auto found = trainer.evaluate(samples);
  expect(before == checksum(trainer.parameters));
  Inference<Net> network{trainer.parameters};
  const auto y = network(x);
  const std::size_t inferred = decision(y, CrossEntropy::threshold<typename Net::LastArithmetic>(false));
  expect(found.confusion[1][inferred] == 1);
  const float apart = found.loss + Elementary<float>::log(static_cast<float>(y[1]));
  expect(-0.01f < apart && apart < 0.01f);

  // All layers before Dense frozen, a step sees what evaluation sees; the statistics stay.
  trainer.freeze(3);
  const auto norm = get<2>(get<1>(get<0>(trainer.parameters)));
  trainer.step(x, 1);
  expect(checksum(norm) == checksum(get<2>(get<1>(get<0>(trainer.parameters)))));
}

}  // namespace

int main() {
  evaluates_as_it_infers<Drawing<float>>();
  evaluates_as_it_infers<Drawing<Fixed16>>();
  return expectations_failed();
}
