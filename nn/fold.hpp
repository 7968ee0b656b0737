// Fold: a network without its BatchNorms, for inference. Each is worked into the Dense or convolution right before it, also
// inside the branches of a Residual or Concat:
//   W[o] ← W[o] · gamma[o] / √(variance[o] + epsilon)      b[o] ← (b[o] - mean[o]) · gamma[o] / √(variance[o] + epsilon) + beta[o]
//
//   using Small = nn::Folded<Net>;
//   constexpr Small::Parameters parameters = nn::fold<Net>(trained);
//
// Weights are rounded to the nearest of their format and saturate: a network for fixed point is better folded in float, then
// converted. A BatchNorm behind anything else stays.
#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/layer/batch_norm.hpp"
#include "nn/layer/concat.hpp"
#include "nn/layer/conv1d.hpp"
#include "nn/layer/conv2d.hpp"
#include "nn/layer/dense.hpp"
#include "nn/layer/depthwise_conv2d.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/residual.hpp"
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

// y = W·x + b, with a row or a column of W for each channel of y.
template <class Layer>
constexpr bool is_affine = false;
template <std::size_t Out>
constexpr bool is_affine<Dense<Out>> = true;
template <std::size_t Out, std::size_t Height, std::size_t Width, class... Options>
constexpr bool is_affine<Conv2d<Out, Height, Width, Options...>> = true;
template <std::size_t Out, std::size_t Width, class... Options>
constexpr bool is_affine<Conv1d<Out, Width, Options...>> = true;
template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
constexpr bool is_affine<DepthwiseConv2d<Multiplier, Height, Width, Options...>> = true;
template <class Written, class Layer>
constexpr bool is_affine<With<Written, Layer>> = is_affine<Layer>;

// Which layers of a chain are folded into the one that is left before them.
template <class... Layers>
constexpr auto folded_away = [] {
  constexpr std::array<bool, sizeof...(Layers)> norm{is_batch_norm<Layers>...};
  constexpr std::array<bool, sizeof...(Layers)> affine{is_affine<Layers>...};
  std::array<bool, sizeof...(Layers)> gone{};
  bool behind_affine = false;
  for (std::size_t i = 0; i < gone.size(); ++i) {
    gone[i] = norm[i] && behind_affine;
    if (!gone[i]) behind_affine = affine[i];
  }
  return gone;
}();

// One layer with the chains in it folded.
template <class Layer>
struct FoldedLayer {
  using type = Layer;
};

// Chain<Layers…> with the layers that are left.
template <template <class...> class Chain, class... Layers>
struct FoldedChain {
  template <class>
  struct Of;
  template <class... Left>
  struct Of<std::tuple<Left...>> {
    using type = Chain<Left...>;
  };
  template <std::size_t... I>
  static auto left(std::index_sequence<I...>)
      -> decltype(std::tuple_cat(
          std::declval<std::conditional_t<folded_away<Layers...>[I], std::tuple<>, std::tuple<typename FoldedLayer<Layers>::type>>>()...));
  using type = typename Of<decltype(left(std::index_sequence_for<Layers...>{}))>::type;
};

template <class Written, class Layer>
struct FoldedLayer<With<Written, Layer>> {
  using type = With<Written, typename FoldedLayer<Layer>::type>;
};
template <class... Layers>
struct FoldedLayer<Branch<Layers...>> : FoldedChain<Branch, Layers...> {};
template <>
struct FoldedLayer<Branch<>> {
  using type = Branch<>;
};
template <class... Layers>
struct FoldedLayer<Projection<Layers...>> : FoldedChain<Projection, Layers...> {};
template <class... Body>
struct FoldedLayer<Residual<Body...>> : FoldedChain<Residual, Body...> {};
template <class... Branch>
struct FoldedLayer<Concat<Branch...>> {
  using type = Concat<typename FoldedLayer<Branch>::type...>;
};

template <class Net>
struct FoldedOf;
template <class Written, class Extents, class... Layers>
struct FoldedOf<Network<Written, Extents, Layers...>> {
  template <class... Left>
  using Chain = Network<Written, Extents, Left...>;
  using type = typename FoldedChain<Chain, Layers...>::type;

  static constexpr auto gone = folded_away<Layers...>;

  // The place of layer I, or of the one that it is folded into.
  static constexpr std::size_t place(std::size_t layer) {
    std::size_t found = 0;
    for (std::size_t i = 1; i <= layer; ++i)
      if (!gone[i]) ++found;
    return found;
  }
};
template <class Net>
using Folded = typename FoldedOf<Net>::type;

// Whether folding changes the network.
template <class Net>
constexpr bool folds = !std::is_same_v<Folded<Net>, Net>;

// Works a BatchNorm with parameters `norm` and arithmetic A into the layer before it, with parameters p and arithmetic Before.
template <class Norm, class A, class Layer, class Before>
constexpr void fold_into(auto& p, const auto& norm) {
  for (std::size_t o = 0; o < p.bias.size(); ++o) {
    const auto factor = Norm::factor_of(norm, o);
    const auto scaled = [&](auto& w) { w = Before::template parameter<typename Before::Weight>(w * factor, Nearest{}); };
    if constexpr (outputs_in_columns<Layer>)
      for (auto& row : p.weight) scaled(row[o]);
    else
      for (auto& w : p.weight[o]) scaled(w);
    p.bias[o] = Before::template parameter<typename Before::Accumulator>(
        with_bias(A::parameter_gradient(p.bias[o] - norm.mean[o]) * factor, norm.beta[o]), Nearest{});
  }
}

template <class Net>
constexpr typename Folded<Net>::Parameters fold(const typename Net::Parameters& parameters) {
  using Result = Folded<Net>;
  using Places = FoldedOf<Net>;
  typename Result::Parameters result{};
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    constexpr std::size_t place = Places::place(I);
    if constexpr (Places::gone[I]) {
      fold_into<Layer, typename Net::template ArithmeticAt<I>, typename Result::template Layer<place>, typename Result::template ArithmeticAt<place>>(
          get<place>(result), get<I>(parameters));
    } else if constexpr (requires { Layer::branches; }) {
      auto& to = get<place>(result);
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template At<B>;
        if constexpr (has_parameters<Branch>) get<B>(to) = fold<typename Branch::Net>(get<B>(get<I>(parameters)));
      });
    } else if constexpr (has_parameters<Layer>) {
      get<place>(result) = get<I>(parameters);
    }
  });
  return result;
}

}  // namespace nn
