// RoundedNetwork<Net>: a float network, without foldable BatchNorms, that computes what its int8 form does: a Rounded stands
// before its first layer and behind every one, also inside branches. Behind the last it does not if `bare`: where a loss takes
// that layer over.
//
// A tensor that a graph has for two layers, as of a convolution and the Relu that it takes in, is rounded behind both, which
// changes nothing: rounding to codes that begin at 0 is a Relu, too.
#pragma once

#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "nn/nn.hpp"
#include "tools/quantize/floats.hpp"
#include "tools/quantize/int8_model.hpp"
#include "tools/quantize/layers.hpp"
#include "tools/quantize/rounded.hpp"

namespace tools::quantizer {

template <class Layer>
struct RoundedInside {
  static_assert(!is_recurrent<Layer>,
                "nn_train_tool INT8: a recurrent layer has an int8 form, but none that learns; expected a trainer without INT8, "
                "and quantize");
  using type = Layer;
};

template <template <class...> class Chain, class Tuple>
struct ChainOf;
template <template <class...> class Chain, class... Layers>
struct ChainOf<Chain, std::tuple<Layers...>> {
  using type = Chain<Layers...>;
};

// A Rounded behind each.
template <class... Layers>
using RoundedBehind = decltype(std::tuple_cat(std::declval<std::tuple<typename RoundedInside<Layers>::type, Rounded>>()...));

template <class Written, class Layer>
struct RoundedInside<nn::With<Written, Layer>> {
  using type = nn::With<Written, typename RoundedInside<Layer>::type>;
};
template <class... Layers>
struct RoundedInside<nn::Branch<Layers...>> : ChainOf<nn::Branch, RoundedBehind<Layers...>> {};
template <>
struct RoundedInside<nn::Branch<>> {
  using type = nn::Branch<>;
};
template <class... Body>
struct RoundedInside<nn::Residual<Body...>> : ChainOf<nn::Residual, RoundedBehind<Body...>> {};
template <class... Shortcut, class... Body>
struct RoundedInside<nn::Residual<nn::Projection<Shortcut...>, Body...>> {
  using Projected = typename ChainOf<nn::Projection, RoundedBehind<Shortcut...>>::type;
  using type = typename ChainOf<nn::Residual, decltype(std::tuple_cat(std::declval<std::tuple<Projected>>(),
                                                                      std::declval<RoundedBehind<Body...>>()))>::type;
};
template <class... Branch>
struct RoundedInside<nn::Concat<Branch...>> {
  using type = nn::Concat<typename RoundedInside<Branch>::type...>;
};

template <class Net, bool bare>
struct RoundedOf;
template <class Written, class Extents, class... Layers, bool bare>
struct RoundedOf<nn::Network<Written, Extents, Layers...>, bare> {
  template <class... All>
  using Chain = nn::Network<Written, Extents, Rounded, All...>;
  template <class Layer, bool last>
  using With = std::conditional_t<last && bare, std::tuple<typename RoundedInside<Layer>::type>, RoundedBehind<Layer>>;
  template <std::size_t... I>
  static auto all(std::index_sequence<I...>)
      -> decltype(std::tuple_cat(std::declval<With<Layers, I + 1 == sizeof...(Layers)>>()...));
  using type = typename ChainOf<Chain, decltype(all(std::index_sequence_for<Layers...>{}))>::type;
};
template <class Net, bool bare>
using RoundedNetwork = typename RoundedOf<Net, bare>::type;

template <class Layer>
constexpr bool is_rounded = requires(typename Layer::Parameters p) { p.seen; };

// Calls visit(p of the network's layer, p of the same layer in its rounded form) for each with parameters, those of branches,
// too.
template <class Net, class RoundedNet, std::size_t First>
void for_each_pair(auto& plain, auto& rounded, auto&& visit) {
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    constexpr std::size_t there = First + 2 * I;
    using Other = typename RoundedNet::template Layer<there>;
    if constexpr (requires { Layer::branches; }) {
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template BranchAt<B>;
        if constexpr (nn::has_parameters<Branch>)
          for_each_pair<typename Branch::Topology, typename Other::template BranchAt<B>::Topology, 0>(
              nn::get<B>(nn::get<I>(plain)), nn::get<B>(nn::get<there>(rounded)), visit);
      });
    } else if constexpr (nn::has_parameters<Layer>) {
      visit(nn::get<I>(plain), nn::get<there>(rounded));
    }
  });
}

// Calls visit(p) for each Rounded, in the order of FloatModel::behind.
template <class RoundedNet>
void for_each_rounded(auto& parameters, auto&& visit) {
  RoundedNet::for_each_layer([&]<std::size_t I, class Layer>() {
    if constexpr (is_rounded<Layer>) {
      visit(nn::get<I>(parameters));
    } else if constexpr (requires { Layer::branches; }) {
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template BranchAt<B>;
        if constexpr (requires { typename Branch::Topology; })
          for_each_rounded<typename Branch::Topology>(nn::get<B>(nn::get<I>(parameters)), visit);
      });
    }
  });
}

// The parameters that compute what `codes` does, the int8 form of `floats`, which is Net with these parameters.
template <class Net, class RoundedNet>
void round_parameters(const typename Net::Parameters& parameters, const FloatModel& floats, const importer::Model& codes,
                      typename RoundedNet::Parameters& rounded) {
  std::size_t next = 0;
  for_each_rounded<RoundedNet>(rounded, [&](auto& p) {
    const importer::Quantization& found = codes.tensor(floats.behind[next++]).quantization;
    p = {.scale = {found.scale[0]}, .zero = {static_cast<float>(found.zero_point[0])}, .seen = {0, 0}};
  });

  std::size_t at = 0;
  for_each_pair<Net, RoundedNet, 1>(parameters, rounded, [&](const auto& plain, auto& p) {
    p = plain;
    while (!has_weights(codes.operators[at].kind)) ++at;
    const importer::Operator& operation = codes.operators[at++];
    if constexpr (requires { p.weight; }) {
      const importer::Tensor &weight = codes.tensor(operation.inputs[1]), &bias = codes.tensor(operation.inputs[2]);
      const std::vector<float>& scale = weight.quantization.scale;
      const float input_scale = codes.tensor(operation.inputs[0]).quantization.scale[0];
      const std::size_t row = operation.kind == "depthwise_conv_2d" ? 1 : weight.data.size() / scale.size();
      std::size_t i = 0;
      for (auto& numbers : p.weight)
        for (float& w : numbers) {
          w = scale[i / row % scale.size()] * static_cast<float>(static_cast<std::int8_t>(weight.data[i]));
          ++i;
        }
      for (std::size_t o = 0; o < p.bias.size(); ++o) {
        std::int32_t code = 0;
        std::memcpy(&code, bias.data.data() + o * sizeof code, sizeof code);
        p.bias[o] = static_cast<float>(static_cast<double>(input_scale) * static_cast<double>(scale[o]) * code);
      }
    }
  });
}

}  // namespace tools::quantizer
