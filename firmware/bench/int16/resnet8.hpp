// ResNet-8 (MLPerf Tiny, image classification) with codes of 16 bits: an image of 32x32 in three colours, three residual blocks
// of 16, 32 and 64 channels, 12.5 million multiply-accumulates.
#pragma once

#include "layers.hpp"

namespace bench::resnet8 {

// SAME: strides of 2 leave no padding before, since sizes are even.
template <std::int32_t Size, std::int32_t Channels, std::int32_t Outputs, std::int32_t Kernel, std::int32_t Stride,
          std::int32_t Shift, const auto& Range>
inline constexpr nn::int16::Conv2d conv{
    Window{1, {Size, Size, Channels}, {Size / Stride, Size / Stride, Outputs}, {Kernel, Kernel}, {Stride, Stride}, {1, 1},
           {(Kernel - Stride) / 2, (Kernel - Stride) / 2}},
    weight.data(), output<Shift, Range>};
template <std::int32_t Count>
inline constexpr nn::int16::Add add{
    {{1, 1, 1, 1, Count}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}}, 1, 0, 0, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -13}, positive};
inline constexpr nn::int16::AveragePool2d average{Window{1, {8, 8, 64}, {1, 1, 64}, {8, 8}, {8, 8}, {1, 1}, {0, 0}}, all};
inline constexpr nn::int16::FullyConnected dense{1, 64, 10, weight.data(), output<9, all>};

template <std::int32_t Size, std::int32_t Channels>
using Map = nn::Tensor<std::int16_t, 1, Size, Size, Channels>;

using Net = nn::Graph<
    nn::Tensors<Map<32, 3>, Map<32, 16>, Map<32, 16>, Map<32, 16>, Map<32, 16>, Map<16, 32>, Map<16, 32>, Map<16, 32>,
                Map<16, 32>, Map<8, 64>, Map<8, 64>, Map<8, 64>, Map<8, 64>, nn::Tensor<std::int16_t, 1, 1, 1, 64>,
                nn::Tensor<std::int16_t, 10>>,
    nn::Inputs<0>, nn::Outputs<14>, nn::Apply<conv<32, 3, 16, 3, 1, 9, positive>, 1, 0>,
    nn::Apply<conv<32, 16, 16, 3, 1, 10, positive>, 2, 1>, nn::Apply<conv<32, 16, 16, 3, 1, 10, all>, 3, 2>,
    nn::Apply<add<32 * 32 * 16>, 4, 1, 3>, nn::Apply<conv<32, 16, 32, 3, 2, 10, positive>, 5, 4>,
    nn::Apply<conv<16, 32, 32, 3, 1, 10, all>, 6, 5>, nn::Apply<conv<32, 16, 32, 1, 2, 9, all>, 7, 4>,
    nn::Apply<add<16 * 16 * 32>, 8, 6, 7>, nn::Apply<conv<16, 32, 64, 3, 2, 10, positive>, 9, 8>,
    nn::Apply<conv<8, 64, 64, 3, 1, 11, all>, 10, 9>, nn::Apply<conv<16, 32, 64, 1, 2, 9, all>, 11, 8>,
    nn::Apply<add<8 * 8 * 64>, 12, 10, 11>, nn::Apply<average, 13, 12>, nn::Apply<dense, 14, 13>>;
using Rows = nn::ByRows<Net, 1, nn::Feed::rows>;

}  // namespace bench::resnet8
