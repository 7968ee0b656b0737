// Fold: a network without its BatchNorms, each worked into the layer before it, for inference:
//   W[o] ← W[o] · gamma[o] / √(variance[o] + epsilon)      b[o] ← (b[o] - mean[o]) · gamma[o] / √(variance[o] + epsilon) + beta[o]
//
//   using Small = nn::Folded<Net>;
//   constexpr Small::Parameters parameters = nn::fold<Net>(trained);
//
// Weights are rounded to the nearest of their format and saturate. BatchNorms inside a Residual or Concat stay.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

#include "nn/layer/batch_norm.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/with.hpp"
#include "nn/network.hpp"
#include "nn/number/fixed.hpp"

namespace nn {

template <class Layer>
constexpr bool is_batch_norm = false;
template <int Shift>
constexpr bool is_batch_norm<BatchNorm<Shift>> = true;
template <class Written, class Layer>
constexpr bool is_batch_norm<With<Written, Layer>> = is_batch_norm<Layer>;

template <class Written, class Extents, class Done, class... Rest>
struct WithoutBatchNorm;
template <class Written, class Extents, class... Done>
struct WithoutBatchNorm<Written, Extents, std::tuple<Done...>> {
  using type = Network<Written, Extents, Done...>;
};
template <class Written, class Extents, class... Done, class First, class... Rest>
struct WithoutBatchNorm<Written, Extents, std::tuple<Done...>, First, Rest...>
    : std::conditional_t<is_batch_norm<First>, WithoutBatchNorm<Written, Extents, std::tuple<Done...>, Rest...>,
                         WithoutBatchNorm<Written, Extents, std::tuple<Done..., First>, Rest...>> {};

template <class Net>
struct FoldedOf;
template <class Written, class Extents, class... Layers>
struct FoldedOf<Network<Written, Extents, Layers...>> {
  using type = typename WithoutBatchNorm<Written, Extents, std::tuple<>, Layers...>::type;

  // The place of layer I in the folded network.
  static constexpr std::size_t place(std::size_t layer) {
    constexpr bool gone[]{is_batch_norm<Layers>...};
    std::size_t found = 0;
    for (std::size_t i = 0; i < layer; ++i) found += gone[i] ? 0 : 1;
    return found;
  }
};
template <class Net>
using Folded = typename FoldedOf<Net>::type;

template <class Net>
constexpr typename Folded<Net>::Parameters fold(const typename Net::Parameters& parameters) {
  typename Folded<Net>::Parameters result{};
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    constexpr std::size_t place = FoldedOf<Net>::place(I);
    if constexpr (is_batch_norm<typename Net::template Spec<I>>) {
      static_assert(I > 0 && requires { Net::template Layer<I - 1>::fan_in; },
                    "nn::fold: a BatchNorm is folded into the Dense or convolution right before it");
      using Before = typename Net::template ArithmeticAt<I - 1>;
      using A = typename Net::template ArithmeticAt<I>;
      const auto& norm = get<I>(parameters);
      auto& p = get<place - 1>(result);
      for (std::size_t o = 0; o < p.bias.size(); ++o) {
        const auto factor = Layer::factor_of(norm, o);
        const auto scaled = [&](auto& w) { w = Before::template parameter<typename Before::Weight>(w * factor, Nearest{}); };
        if constexpr (outputs_in_columns<typename Net::template Layer<I - 1>>)
          for (auto& row : p.weight) scaled(row[o]);
        else
          for (auto& w : p.weight[o]) scaled(w);
        p.bias[o] = Before::template parameter<typename Before::Accumulator>(
            with_bias(A::parameter_gradient(p.bias[o] - norm.mean[o]) * factor, norm.beta[o]), Nearest{});
      }
    } else if constexpr (has_parameters<Layer>) {
      get<place>(result) = get<I>(parameters);
    }
  });
  return result;
}

}  // namespace nn
