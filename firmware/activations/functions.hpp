// The activation functions and their slopes, as the layers of a network compute them.
#pragma once

#include "nn/nn.hpp"

namespace activations {

// Calls visit.operator()<Layer>() for each.
inline void for_each_function(auto&& visit) {
  visit.template operator()<nn::Sigmoid>();
  visit.template operator()<nn::Tanh>();
  visit.template operator()<nn::Relu>();
  visit.template operator()<nn::LeakyRelu<>>();
  visit.template operator()<nn::Softplus>();
  visit.template operator()<nn::Elu>();
  visit.template operator()<nn::Gelu>();
  visit.template operator()<nn::Silu>();
  visit.template operator()<nn::HardSigmoid>();
  visit.template operator()<nn::HardSwish>();
}

struct Point {
  float value;
  float slope;
};

// f(x) by the layer's forward pass; f′(x) by its backward pass, for ∂L/∂y = 1.
template <class Arithmetic, class Function>
Point at(float x) {
  using Net = nn::Network<Arithmetic, nn::Input<1>, Function>;
  using Layer = typename Net::template Layer<0>;
  using A = typename Net::template ArithmeticAt<0>;
  using Kernels = nn::Portable;
  const std::array<typename A::Input, 1> input{nn::number<typename A::Input>(x)};
  std::array<typename A::Activation, 1> output;
  const std::array<typename A::Gradient, 1> gradient{nn::number<typename A::Gradient>(1.0f)};
  std::array<typename A::InputGradient, 1> input_gradient;
  Layer::template forward<Kernels>({}, input, output);
  Layer::template backward<Kernels>({}, input, output, gradient, input_gradient);
  return {static_cast<float>(output[0]), static_cast<float>(input_gradient[0])};
}

// The largest difference between float and Fixed16, over the numbers of Fixed16 in [-8, 8) that are multiples of `step`.
template <class Function>
Point largest_error(float step) {
  const auto distance = [](float a, float b) { return a > b ? a - b : b - a; };
  Point worst{};
  for (float x = -8; x < 8; x += step) {
    const Point real = at<float, Function>(x);
    const Point fixed = at<nn::Fixed16, Function>(x);
    const Point error{distance(real.value, fixed.value), distance(real.slope, fixed.slope)};
    if (error.value > worst.value) worst.value = error.value;
    if (error.slope > worst.slope) worst.slope = error.slope;
  }
  return worst;
}

}  // namespace activations
