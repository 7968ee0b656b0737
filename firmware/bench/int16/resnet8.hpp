// ResNet-8 (MLPerf Tiny, image classification) with codes of 16 bits: an image of 32x32 in three colours, three residual blocks of
// 16, 32 and 64 channels, 12.5 million multiply-accumulates. Weights are drawn, all layers have the same: instructions do not
// depend on them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/by_rows.hpp"
#include "nn/int16/int16.hpp"
#include "work.hpp"

namespace bench::resnet8 {

using nn::graph::Window;

// A congruential generator (Numerical Recipes, section 7.1).
constexpr void draw(auto&& codes, std::uint32_t seed) {
  for (auto& code : codes) {
    seed = seed * 1664525 + 1013904223;
    code = static_cast<std::remove_reference_t<decltype(code)>>(static_cast<std::int32_t>(seed) >> (32 - 8 * sizeof code));
  }
}

alignas(4) inline constexpr std::array<std::int8_t, 64 * 9 * 64> weight = [] {
  std::array<std::int8_t, 64 * 9 * 64> drawn{};
  draw(drawn, 1);
  for (std::int8_t& w : drawn) w = w == -128 ? std::int8_t{-127} : w;
  return drawn;
}();
inline constexpr std::array<std::int64_t, 64> bias{};
template <std::int32_t Shift>
inline constexpr std::array<nn::int8::Scale, 64> scale = [] {
  std::array<nn::int8::Scale, 64> drawn{};
  for (std::int32_t o = 0; o < 64; ++o) drawn[static_cast<std::size_t>(o)] = {0x60000000 + (o << 16), -Shift};
  return drawn;
}();
inline constexpr nn::int8::Range all{0, -32768, 32767}, positive{0, 0, 32767};

// SAME: strides of 2 leave no padding before, since sizes are even.
template <std::int32_t Size, std::int32_t Channels, std::int32_t Outputs, std::int32_t Kernel, std::int32_t Stride,
          std::int32_t Shift, const auto& Range>
inline constexpr nn::int16::Conv2d conv{
    Window{1, {Size, Size, Channels}, {Size / Stride, Size / Stride, Outputs}, {Kernel, Kernel}, {Stride, Stride}, {1, 1},
           {(Kernel - Stride) / 2, (Kernel - Stride) / 2}},
    weight.data(), {bias.data(), scale<Shift>.data(), 1, Range, true}};
template <std::int32_t Count>
inline constexpr nn::int16::Add add{
    {{1, 1, 1, 1, Count}, {0, 0, 0, 0, 1}, {0, 0, 0, 0, 1}}, 1, 0, 0, {1 << 30, 0}, {1 << 30, 0}, {1 << 30, -13}, positive};
inline constexpr nn::int16::AveragePool2d average{Window{1, {8, 8, 64}, {1, 1, 64}, {8, 8}, {8, 8}, {1, 1}, {0, 0}}, all};
inline constexpr nn::int16::FullyConnected dense{1, 64, 10, weight.data(), {bias.data(), scale<9>.data(), 1, all, true}};

template <std::int32_t Size, std::int32_t Channels>
using Map = nn::Tensor<std::int16_t, 1, Size, Size, Channels>;

using Net = nn::Graph<
    nn::Tensors<Map<32, 3>, Map<32, 16>, Map<32, 16>, Map<32, 16>, Map<32, 16>, Map<16, 32>, Map<16, 32>, Map<16, 32>, Map<16, 32>,
                Map<8, 64>, Map<8, 64>, Map<8, 64>, Map<8, 64>, nn::Tensor<std::int16_t, 1, 1, 1, 64>, nn::Tensor<std::int16_t, 10>>,
    nn::Inputs<0>, nn::Outputs<14>, nn::Apply<conv<32, 3, 16, 3, 1, 9, positive>, 1, 0>,
    nn::Apply<conv<32, 16, 16, 3, 1, 10, positive>, 2, 1>, nn::Apply<conv<32, 16, 16, 3, 1, 10, all>, 3, 2>,
    nn::Apply<add<32 * 32 * 16>, 4, 1, 3>, nn::Apply<conv<32, 16, 32, 3, 2, 10, positive>, 5, 4>,
    nn::Apply<conv<16, 32, 32, 3, 1, 10, all>, 6, 5>, nn::Apply<conv<32, 16, 32, 1, 2, 9, all>, 7, 4>,
    nn::Apply<add<16 * 16 * 32>, 8, 6, 7>, nn::Apply<conv<16, 32, 64, 3, 2, 10, positive>, 9, 8>,
    nn::Apply<conv<8, 64, 64, 3, 1, 11, all>, 10, 9>, nn::Apply<conv<16, 32, 64, 1, 2, 9, all>, 11, 8>,
    nn::Apply<add<8 * 8 * 64>, 12, 10, 11>, nn::Apply<average, 13, 12>, nn::Apply<dense, 14, 13>>;
using Rows = nn::ByRows<Net, 1, nn::Feed::rows>;

inline int report() {
  print(work, "weights", sizeof weight);
  print_stack(work);
  return 0;
}

}  // namespace bench::resnet8
