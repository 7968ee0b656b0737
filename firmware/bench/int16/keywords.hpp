// Keyword spotting (MLPerf Tiny, DS-CNN) with codes of 16 bits: 49 frames of 10 features, four pairs of a depthwise convolution
// and one of 1x1 on maps of 25x5x64, 2.7 million multiply-accumulates.
#pragma once

#include "layers.hpp"

namespace bench::keywords {

inline constexpr nn::int16::Conv2d first{Window{1, {49, 10, 1}, {25, 5, 64}, {10, 4}, {2, 2}, {1, 1}, {4, 1}}, weight.data(),
                                         output<9, positive>};
inline constexpr nn::int16::DepthwiseConv2d depthwise{Window{1, {25, 5, 64}, {25, 5, 64}, {3, 3}, {1, 1}, {1, 1}, {1, 1}}, 1,
                                                      weight.data(), output<8, positive>};
inline constexpr nn::int16::Conv2d pointwise{Window{1, {25, 5, 64}, {25, 5, 64}, {1, 1}, {1, 1}, {1, 1}, {0, 0}}, weight.data(),
                                             output<8, positive>};
inline constexpr nn::int16::AveragePool2d average{Window{1, {25, 5, 64}, {1, 1, 64}, {25, 5}, {25, 5}, {1, 1}, {0, 0}}, all};
inline constexpr nn::int16::FullyConnected dense{1, 64, 12, weight.data(), output<9, all>};

using Map = nn::Tensor<std::int16_t, 1, 25, 5, 64>;
using Net = nn::Graph<
    nn::Tensors<nn::Tensor<std::int16_t, 1, 49, 10, 1>, Map, Map, Map, Map, Map, Map, Map, Map, Map,
                nn::Tensor<std::int16_t, 1, 1, 1, 64>, nn::Tensor<std::int16_t, 12>>,
    nn::Inputs<0>, nn::Outputs<11>, nn::Apply<first, 1, 0>, nn::Apply<depthwise, 2, 1>, nn::Apply<pointwise, 3, 2>,
    nn::Apply<depthwise, 4, 3>, nn::Apply<pointwise, 5, 4>, nn::Apply<depthwise, 6, 5>, nn::Apply<pointwise, 7, 6>,
    nn::Apply<depthwise, 8, 7>, nn::Apply<pointwise, 9, 8>, nn::Apply<average, 10, 9>, nn::Apply<dense, 11, 10>>;
using Rows = nn::ByRows<Net, 2, nn::Feed::rows>;

}  // namespace bench::keywords
