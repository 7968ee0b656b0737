// Recurrent layers: backpropagation through time against central differences in double, and fixed point against double.
#include <array>
#include <cstdio>
#include <string_view>

#include "expect.hpp"
#include "gradients.hpp"
#include "nn/nn.hpp"

namespace {

using gradients::check, gradients::check_batch, gradients::difference;

// First and between two layers, so that a gradient comes in and goes out; frames in columns and in rows.
template <class... Layers>
struct First {
  template <class A>
  using Net = nn::Network<A, nn::Input<5, 3>, Layers..., nn::Dense<3>, nn::Softmax>;
};
template <class... Layers>
struct Between {
  template <class A>
  using Net = nn::Network<A, nn::Input<6, 2, 2>, nn::Conv2d<3, 2, 2>, nn::Tanh, Layers..., nn::Tanh, nn::Dense<3>, nn::Softmax>;
};

template <class A, template <class> class Net>
void check_fixed(std::string_view name, std::string_view arithmetic) {
  const double apart = difference<A, Net>();
  std::printf("%-28.*s %6.2f steps of an activation in %.*s, of 4\n", static_cast<int>(name.size()), name.data(), apart,
              static_cast<int>(arithmetic.size()), arithmetic.data());
  expect(apart <= 4);
}

template <class... Layers>
void check_between(std::string_view name) {
  check<typename Between<Layers...>::template Net<double>>();
  check_fixed<nn::Fixed16, Between<Layers...>::template Net>(name, "Fixed16");
}

// In both places, of a batch, and in Fixed32.
template <class... Layers>
void check_layer(std::string_view name) {
  check_between<Layers...>(name);
  check<typename First<Layers...>::template Net<double>>();
  check_batch<typename First<Layers...>::template Net<double>>();
  check_fixed<nn::Fixed32, First<Layers...>::template Net>(name, "Fixed32");
}

}  // namespace

int main() {
  using namespace nn;
  check_between<Rnn<4>>("Rnn");
  check_between<Rnn<5, Relu, LastStep>>("Rnn, relu, last step");
  check_layer<Gru<4>>("Gru");
  check_between<Gru<9, LastStep, Orthogonal>>("Gru, last step");
  check_between<Gru<4, ResetBefore>>("Gru, reset before");
  check_between<Gru<3, ResetBefore, LastStep>, Reshape<1, 3>>("Gru, reset before, last");
  check_between<Lstm<4>>("Lstm");
  check_layer<Lstm<9, LastStep, UnitForgetBias>>("Lstm, last step");
  check_between<Bidirectional<Rnn<3>>>("Bidirectional Rnn");
  check<First<Bidirectional<Rnn<3>>>::template Net<double>>();
  check_between<Bidirectional<Gru<3, LastStep>>>("Bidirectional Gru, last step");
  check_between<Bidirectional<Lstm<3>>, Gru<4, LastStep>>("Bidirectional Lstm, Gru");
  check_between<Residual<Gru<3>>, Lstm<3, LastStep>>("Residual Gru, Lstm");
  // Among layers of other kinds.
  check<Network<double, Input<6, 4>, LayerNorm, Residual<Gru<4>, LayerNorm>, Conv1d<3, 2, Causal, Dilation<1, 2>>, Tanh,
                Bidirectional<Lstm<3>>, GlobalAvgPool, Dense<3>, Softmax>>();
  check<Network<double, Input<6, 3>,
                Concat<Branch<Gru<3, LastStep>>, Branch<Conv1d<2, 3, Causal>, GlobalAvgPool>, Branch<Rnn<2, LastStep>>>, Dense<3>,
                Softmax>>();
  check<Network<double, Input<7, 3, 2>, Lstm<4>, Reshape<7, 4>, Conv1d<3, 3, Same, Stride<1, 2>>, Silu,
                Gru<3, ResetBefore, LastStep, Truncated<4>>, Dense<3>, Softmax>>();
  return expectations_failed();
}
