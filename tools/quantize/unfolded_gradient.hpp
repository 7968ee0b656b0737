// The gradient of a network with BatchNorms from that of its folded form (nn/fold.hpp), whose layers are W' = W · f and
// b' = (b - mean) · f + beta with f = gamma · s, s = 1 / √(variance + epsilon); the running statistics are constants:
//   ∂L/∂W = ∂L/∂W' · f      ∂L/∂gamma = s · (Σ ∂L/∂W' · W + ∂L/∂b' · (b - mean))
//   ∂L/∂b = ∂L/∂b' · f      ∂L/∂beta = ∂L/∂b'
// So each weight moves as fast as its BatchNorm lets it, which the folded weights alone would not know.
#pragma once

#include <cmath>
#include <cstddef>

#include "nn/fold.hpp"

namespace tools::quantizer {

// Of one layer and the BatchNorm behind it: `sum` holds that of the folded layer and becomes that of the layer itself.
template <class Layer>
void unfold_gradient(const auto& p, const auto& norm, auto& sum, auto& norm_sum) {
  for (std::size_t o = 0; o < p.bias.size(); ++o) {
    const float s = 1 / std::sqrt(norm.variance[o] + 0x1p-10f), f = norm.gamma[o] * s;
    float moves = 0;
    const auto one = [&](float& g, float w) {
      moves += g * w;
      g *= f;
    };
    if constexpr (nn::outputs_in_columns<Layer>)
      for (std::size_t i = 0; i < p.weight.size(); ++i) one(sum.weight[i][o], p.weight[i][o]);
    else
      for (std::size_t i = 0; i < p.weight[o].size(); ++i) one(sum.weight[o][i], p.weight[o][i]);
    norm_sum.beta[o] = sum.bias[o];
    norm_sum.gamma[o] = s * (moves + sum.bias[o] * (p.bias[o] - norm.mean[o]));
    sum.bias[o] *= f;
  }
}

// Sets `sum`, of Net's layers, from `rounded`, of those of RoundedNet, in which Net's first layer is layer First.
template <class Net, class RoundedNet, std::size_t First>
void unfold_gradients(const auto& parameters, const auto& rounded, auto& sum) {
  using Places = nn::FoldedOf<Net>;
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    constexpr std::size_t there = First + 2 * Places::place(I);
    if constexpr (Places::gone[I]) {
      static_assert(!Places::gone[I - 1], "tools/quantize: a BatchNorm right behind another does nothing; expected one of them");
      unfold_gradient<typename Net::template Layer<I - 1>>(nn::get<I - 1>(parameters), nn::get<I>(parameters),
                                                           nn::get<I - 1>(sum), nn::get<I>(sum));
    } else if constexpr (requires { Layer::branches; }) {
      using Other = typename RoundedNet::template Layer<there>;
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template BranchAt<B>;
        if constexpr (nn::has_parameters<Branch>)
          unfold_gradients<typename Branch::Topology, typename Other::template BranchAt<B>::Topology, 0>(
              nn::get<B>(nn::get<I>(parameters)), nn::get<B>(nn::get<there>(rounded)), nn::get<B>(nn::get<I>(sum)));
      });
    } else if constexpr (nn::has_parameters<Layer>) {
      nn::get<I>(sum) = nn::get<there>(rounded);
    }
  });
}

}  // namespace tools::quantizer
