// Every core computes the same bits: parameters of convolutional networks that have learnt, against checksums found on the
// host.
#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

using namespace nn;

template <class A, class Last = Softmax>
using Plain = Network<A, Input<7, 6, 2>, Conv2d<4, 3, 3, Same, Stride<2>>, Relu6, DepthwiseConv2d<2, 2, 2>, Relu,
                      MaxPool2d<2, 2, Stride<1>>, Flatten, Dense<4>, Last>;
template <class A>
using Deep = Network<A, Input<6, 5, 2>, Conv2d<3, 2, 3>, BatchNorm<3>, Relu, Residual<Conv2d<3, 3, 3, Dilation<2>, Same>, Relu>,
                     Concat<Branch<>, Branch<Conv2d<2, 1, 1>, Relu>>, Pad<1, 0>, AvgPool2d<2, 2, Same>, Conv2d<4, 1, 1>,
                     GlobalAvgPool, Softmax>;
template <class A>
using OverTime = Network<A, Input<12, 3>, Conv1d<5, 4, Stride<2>>, LeakyRelu<>, Reshape<5, 5>, Conv1d<4, 3, Same>, Tanh,
                         GlobalAvgPool, Softmax>;

// Networks that run no other kernels than those of main(): on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    expect_equal(trained<Plain<float, Sigmoid>, BinaryCrossEntropy, Adam, 3>({}, 20), 0x37857c58u);
    expect_equal(trained<Deep<float>, CrossEntropy, WeightDecay<Momentum>, 2>({{.rate = 0.02f}, 0.001f}, 20), 0x0e0369c3u);
    expect_equal(trained<OverTime<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0xea183707u);
    expect_equal(trained<Plain<Fixed16Stochastic>, CrossEntropy, Sgd>({.rate = 0.05f}, 20), 0x5ac05809u);
    expect_equal(trained<Plain<Fixed32, Sigmoid>, BinaryCrossEntropy, Adam, 3>({}, 10), 0xb880c382u);
    expect_equal(trained<Deep<Fixed32>, CrossEntropy, WeightDecay<Momentum>, 2>({{.rate = 0.02f}, 0.001f}, 10), 0x4c4a5ab8u);
    expect_equal(trained<OverTime<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0x5f4863d8u);
  }
}

}  // namespace

int main() {
  expect_equal(trained<Plain<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 100), 0x6cc76002u);
  expect_equal(trained<Deep<float>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0xebb67abfu);
  expect_equal(trained<Plain<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 100), 0x1fe139e5u);
  expect_equal(trained<Deep<Fixed16>, CrossEntropy, Sgd>({.rate = 0.05f}, 50), 0xe584ffc6u);
  others<BRIEF>();
  return expectations_failed();
}
