// Fold: a network without its BatchNorms, for inference. Each is worked into the Dense or convolution right before it, also
// inside the branches of a Residual or Concat:
//   W[o] ← W[o] · gamma[o] / √(variance[o] + epsilon)
//   b[o] ← (b[o] - mean[o]) · gamma[o] / √(variance[o] + epsilon) + beta[o]
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
template <std::size_t Outputs>
constexpr bool is_affine<Dense<Outputs>> = true;
template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
constexpr bool is_affine<Conv2d<Outputs, Height, Width, Options...>> = true;
template <std::size_t Outputs, std::size_t Width, class... Options>
constexpr bool is_affine<Conv1d<Outputs, Width, Options...>> = true;
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
  struct ChainOf;
  template <class... Left>
  struct ChainOf<std::tuple<Left...>> {
    using type = Chain<Left...>;
  };
  template <std::size_t... Index>
  static auto left(std::index_sequence<Index...>)
      -> decltype(std::tuple_cat(std::declval<std::conditional_t<folded_away<Layers...>[Index], std::tuple<>,
                                                                 std::tuple<typename FoldedLayer<Layers>::type>>>()...));
  using type = typename ChainOf<decltype(left(std::index_sequence_for<Layers...>{}))>::type;
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

template <class Topology>
struct FoldedOf;
template <class Written, class Extents, class... Layers>
struct FoldedOf<Network<Written, Extents, Layers...>> {
  template <class... Left>
  using Chain = Network<Written, Extents, Left...>;
  using type = typename FoldedChain<Chain, Layers...>::type;

  static constexpr auto gone = folded_away<Layers...>;

  // The place of a layer, or of the one that it is folded into.
  static constexpr std::size_t place(std::size_t layer) {
    std::size_t found = 0;
    for (std::size_t i = 1; i <= layer; ++i)
      if (!gone[i]) ++found;
    return found;
  }
};
template <class Topology>
using Folded = typename FoldedOf<Topology>::type;

// Whether folding changes the network.
template <class Topology>
constexpr bool folds = !std::is_same_v<Folded<Topology>, Topology>;

// Works a BatchNorm with parameters `norm` and an Arithmetic into the layer before it, with parameters p and arithmetic Before.
template <class Norm, class Arithmetic, class Layer, class Before>
constexpr void fold_into(auto& p, const auto& norm) {
  for (std::size_t o = 0; o < p.bias.size(); ++o) {
    const auto factor = Norm::factor_of(norm, o);
    const auto scaled = [&](auto& w) { w = Before::template parameter<typename Before::Weight>(w * factor, Nearest{}); };
    if constexpr (outputs_in_columns<Layer>)
      for (auto& row : p.weight) scaled(row[o]);
    else
      for (auto& w : p.weight[o]) scaled(w);
    p.bias[o] = Before::template parameter<typename Before::Accumulator>(
        with_bias(Arithmetic::parameter_gradient(p.bias[o] - norm.mean[o]) * factor, norm.beta[o]), Nearest{});
  }
}

template <class Topology>
constexpr typename Folded<Topology>::Parameters fold(const typename Topology::Parameters& parameters) {
  using Result = Folded<Topology>;
  using Places = FoldedOf<Topology>;
  typename Result::Parameters result{};
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    constexpr std::size_t place = Places::place(Index);
    if constexpr (Places::gone[Index]) {
      fold_into<Layer, typename Topology::template ArithmeticAt<Index>, typename Result::template Layer<place>,
                typename Result::template ArithmeticAt<place>>(get<place>(result), get<Index>(parameters));
    } else if constexpr (requires { Layer::branches; }) {
      auto& to = get<place>(result);
      Layer::for_each_branch([&]<std::size_t Inside>() {
        using Branch = typename Layer::template BranchAt<Inside>;
        if constexpr (has_parameters<Branch>)
          get<Inside>(to) = fold<typename Branch::Topology>(get<Inside>(get<Index>(parameters)));
      });
    } else if constexpr (has_parameters<Layer>) {
      get<place>(result) = get<Index>(parameters);
    }
  });
  return result;
}

}  // namespace nn
