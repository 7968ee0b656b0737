// The layers that go over height and width: backward against central differences in double, as gradient.cpp does it, and
// fixed point against double. Shapes are odd on purpose.
#include <array>
#include <cstdio>
#include <string_view>

#include "expect.hpp"
#include "gradients.hpp"
#include "nn/nn.hpp"

namespace {

using gradients::check, gradients::check_batch, gradients::difference;

// Between two convolutions, so that a gradient comes in and goes out.
template <class... Layers>
struct Between {
  template <class A>
  using Net = nn::Network<A, nn::Input<7, 5, 2>, nn::Conv2d<3, 2, 2>, nn::Tanh, Layers..., nn::Tanh, nn::Flatten, nn::Dense<3>,
                          nn::Softmax>;
};

// The first layer that learns has nobody to give ∂L/∂x to.
template <class... Layers>
void check_first() {
  using Net = nn::Network<double, nn::Input<7, 5, 2>, Layers..., nn::Flatten, nn::Dense<3>, nn::Softmax>;
  check<Net>();
  check_batch<Net>();
}

template <class A, class... Layers>
void check_fixed(std::string_view name, std::string_view arithmetic, double bound) {
  const double apart = difference<A, Between<Layers...>::template Net>();
  std::printf("%-24.*s %6.2f steps of an activation in %.*s, of %.0f\n", static_cast<int>(name.size()), name.data(), apart,
              static_cast<int>(arithmetic.size()), arithmetic.data(), bound);
  expect(apart <= bound);
}

template <class... Layers>
void check_between(std::string_view name, double bound = 4) {
  check<typename Between<Layers...>::template Net<double>>();
  check_fixed<nn::Fixed16, Layers...>(name, "Fixed16", bound);
}

// In Fixed32, too, whose code is that of Fixed16 with other numbers: convolutions and pools.
template <class... Layers>
void check_wide(std::string_view name, double bound = 4) {
  check_between<Layers...>(name, bound);
  check_fixed<nn::Fixed32, Layers...>(name, "Fixed32", bound);
}

}  // namespace

int main() {
  using namespace nn;
  check_wide<Conv2d<4, 3, 2, Same, Stride<2>>, Tanh, Conv2d<2, 9, 9, Same>>("Conv2d, stride, wide");
  check_between<Conv2d<4, 3, 3, Stride<3, 1>, ZeroPadding<1>>, Tanh, DepthwiseConv2d<1, 2, 3, ZeroPadding<0, 1, 2, 1>>,
                AvgPool2d<2, 2, ZeroPadding<1, 0>>>("ZeroPadding");
  check_between<Conv2d<4, 2, 3, Dilation<3, 1>>, Tanh, Conv2d<3, 3, 3, Dilation<2>, Same, Stride<2>>, Tanh, Conv2d<4, 2, 1>>(
      "Conv2d, dilations, whole input");
  check_between<Reshape<24, 3>, Conv1d<2, 5, Stride<2>, Causal>, Tanh, Conv1d<2, 3, Same, Dilation<4>>, Tanh,
                Conv1d<2, 3, Causal, Dilation<4>>>("Conv1d");
  // Of two channels: a small difference between them is stretched to 1, and so is its rounding.
  check_between<LayerNorm, Tanh, Conv2d<2, 2, 2>, LayerNorm>("LayerNorm", 32);
  check_wide<DepthwiseConv2d<2, 3, 3, Same, Stride<2>>, Tanh, DepthwiseConv2d<1, 2, 2>, Pad<2, 1, 2>,
             MaxPool2d<3, 3, Stride<2, 1>, Same>, Tanh, AvgPool2d<3, 3, Stride<2, 1>, Same>, Tanh, GlobalAvgPool>(
      "DepthwiseConv2d, Pad, pools");
  check_between<Residual<Residual<Conv2d<4, 1, 1>, Relu, MaxPool2d<3, 3, Stride<1>, Same>, Conv2d<3, 3, 3, Same>>, Relu6>,
                Residual<Projection<Conv2d<4, 1, 1, Stride<2>>>, Conv2d<4, 3, 3, Same, Stride<2>>, Sigmoid>>("Residuals");
  check_between<Concat<Branch<Conv2d<2, 3, 3, Same>>, Branch<>, Branch<Conv2d<1, 1, 1>, Tanh, Conv2d<3, 3, 3, Same>>>,
                Concat<Branch<MaxPool2d<2, 2>>, Branch<Residual<Tanh, Conv2d<8, 1, 1>>, AvgPool2d<2, 2>>>>("Concat");
  // Statistics that stand still, since a gradient takes them as constants.
  check_between<Conv2d<3, 2, 2, Same>, BatchNorm<30>, Relu, Residual<DepthwiseConv2d<1, 3, 3, Same>, BatchNorm<30>>>("BatchNorm");

  check_first<Residual<Conv2d<2, 3, 3, Same>, Tanh>>();
  check_first<LayerNorm, Tanh>();
  check_first<Residual<Tanh>, BatchNorm<30>, Concat<Branch<>, Branch<DepthwiseConv2d<2, 3, 3, Same>>>, Tanh>();
  return expectations_failed();
}
