// Two inputs x, two hidden neurons h, one output y; no bias, so every number below can be followed on paper.
//
//   Linear       h = V·x            y = w·h
//   Rectified    h = max(V·x, 0)    y = max(w·h, 0)
#pragma once

#include "nn/nn.hpp"

namespace neuron {

// A weight within ±32 in steps of 2^-10, everything else within ±128 in steps of 2^-8.
using Fixed = nn::FixedPoint<nn::Format{.weight = 10, .activation = 8}>;

template <class Arithmetic>
using Linear = nn::Network<Arithmetic, nn::Input<2>, nn::Dense<2>, nn::Dense<1>>;
template <class Arithmetic>
using Rectified = nn::Network<Arithmetic, nn::Input<2>, nn::Dense<2>, nn::Relu, nn::Dense<1>, nn::Relu>;

// The weights of both, and the hidden layer of each as a network of its own.
struct Weights {
  std::array<std::array<float, 2>, 2> V;
  std::array<float, 2> w;
};
inline constexpr Weights linear{.V = {{{1, 1}, {-1, 1}}}, .w = {2, -1}};
inline constexpr Weights rectified{.V = {{{2, 4}, {4, -5}}}, .w = {2, 7}};

// The weights as parameters of a network; biases stay 0.
template <class Net>
constexpr typename Net::Parameters parameters(const Weights& weights) {
  typename Net::Parameters result{};
  auto& hidden = nn::get<0>(result).weight;
  auto& output = nn::get<Net::layers / 2>(result).weight;
  using Weight = typename Net::Arithmetic::Weight;
  for (std::size_t h = 0; h < 2; ++h) {
    for (std::size_t i = 0; i < 2; ++i) hidden[h][i] = nn::number<Weight>(weights.V[h][i]);
    output[0][h] = nn::number<Weight>(weights.w[h]);
  }
  return result;
}

// What a network makes of two numbers, as floats: exact where the format holds every number on the way.
struct Pass {
  std::array<float, 2> hidden;
  float output;
  constexpr bool operator==(const Pass&) const = default;
};

template <class Net>
constexpr Pass forward(const Weights& weights, float x1, float x2) {
  using Number = typename Net::InputNumber;
  const auto p = parameters<Net>(weights);
  const typename Net::Input x{nn::number<Number>(x1), nn::number<Number>(x2)};
  // The layers one by one, to see what lies between them.
  std::array<typename Net::Arithmetic::Activation, 2> h{};
  Net::template Layer<0>::template forward<nn::Portable>(nn::get<0>(p), x, h);
  if constexpr (Net::layers == 4)
    Net::template Layer<1>::template forward<nn::Portable>(nn::get<1>(p), std::span<const Number, 2>{h}, h);
  return {{static_cast<float>(h[0]), static_cast<float>(h[1])}, static_cast<float>(Net::forward(p, x)[0])};
}

}  // namespace neuron
