// Whether the last layer of a network gives what a loss takes. A layer says of its outputs
//   gives_probabilities     each is within [0, 1]: Sigmoid, HardSigmoid, Softmax
//   gives_distribution      and they sum to 1: Softmax
// and a loss of what it takes, where that is not any number,
//   takes_probabilities     BinaryCrossEntropy
//   takes_distribution      CrossEntropy, SoftCrossEntropy
#pragma once

#include <cstddef>
#include <tuple>

#include "nn/layer/concat.hpp"
#include "nn/layer/with.hpp"

namespace nn {

template <class Layer>
constexpr bool gives_distribution = requires { requires Layer::gives_distribution; };
template <class Written, class Layer>
constexpr bool gives_distribution<With<Written, Layer>> = gives_distribution<Layer>;

template <class Layer>
constexpr bool gives_probabilities = gives_distribution<Layer> || requires { requires Layer::gives_probabilities; };
template <class Written, class Layer>
constexpr bool gives_probabilities<With<Written, Layer>> = gives_probabilities<Layer>;
template <class First, class... Layers>
constexpr bool gives_probabilities<Branch<First, Layers...>> =
    gives_probabilities<std::tuple_element_t<sizeof...(Layers), std::tuple<First, Layers...>>>;
template <class... Branch>
constexpr bool gives_probabilities<Concat<Branch...>> = (gives_probabilities<Branch> && ...);

template <class LossFunction, class Last>
constexpr bool takes_output_of = [] {
  if constexpr (requires { requires LossFunction::takes_distribution; }) return gives_distribution<Last>;
  else if constexpr (requires { requires LossFunction::takes_probabilities; }) return gives_probabilities<Last>;
  else return true;
}();

}  // namespace nn
