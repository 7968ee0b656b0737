// Every core computes the same bits: parameters of recurrent networks that have learnt, 1,000 steps of a Gru and of an Lstm in
// float and in fixed point, against checksums found on the host.
#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

using namespace nn;

template <class A>
using Gated = Network<A, Input<6, 3>, Gru<9, LastStep, Orthogonal>, Dense<4>, Softmax>;
template <class A>
using Celled = Network<A, Input<5, 4>, Lstm<8, UnitForgetBias>, Dense<4>, Softmax>;
template <class A>
using Deep = Network<A, Input<7, 3>, Conv1d<4, 2>, Bidirectional<Rnn<3>>, Residual<Gru<6, ResetBefore>>, Lstm<5>,
                     Rnn<4, Relu, LastStep>, Softmax>;
template <class A>
using Stream = Network<A, Input<4, 4>, Gru<6, Truncated<2>>, Lstm<5, LastStep, Truncated<4>>, Dense<4>, Softmax>;

template <class A>
using Normed = Network<A, Input<7, 3>, Conv1d<5, 3, Causal, Dilation<2>>, LayerNorm, Tanh, Conv1d<9, 2, Causal, Stride<2>>,
                       LayerNorm, Gru<4, LastStep>, Softmax>;

// Networks that run no other kernels than those of main(): on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    expect_equal(trained<Gated<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 1000), 0x3e345bb4u);
    expect_equal(trained<Celled<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 1000), 0x4b593b96u);
    expect_equal(trained<Celled<Fixed16Stochastic>, CrossEntropy, Sgd>({.rate = 0.05f}, 20), 0x97f744b6u);
    expect_equal(trained<Deep<Fixed32>, CrossEntropy, WeightDecay<Momentum>, 2>({{.rate = 0.02f}, 0.001f}, 10), 0xf577b873u);
    expect_equal(trained<Stream<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0x55261f16u);
    expect_equal(trained<Stream<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0xea9c69d5u);
    expect_equal(trained<Normed<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 100), 0x866a3aedu);
  }
}

}  // namespace

int main() {
  expect_equal(trained<Gated<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 1000), 0xf3e21411u);
  expect_equal(trained<Celled<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 1000), 0x8ad6f9f9u);
  expect_equal(trained<Deep<float>, CrossEntropy, Adam, 3>({}, 20), 0xaafbf874u);
  expect_equal(trained<Normed<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 100), 0xe6ed92f7u);
  others<BRIEF>();
  return expectations_failed();
}
