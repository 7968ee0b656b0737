// Normalization<N>: brings raw inputs to the range that the network was trained on, x[i] = (raw[i] - mean)·scale. Stored
// with the model. N is 1 (one mean and scale for all inputs) or the number of inputs.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/number/fixed.hpp"

namespace nn {

template <std::size_t N>
struct Normalization {
  std::array<float, N> mean{};
  std::array<float, N> scale{};

  template <class Raw, class Activation, std::size_t Inputs>
  constexpr void apply(std::span<const Raw, Inputs> raw, std::span<Activation, Inputs> x) const {
    static_assert(N == 1 || N == Inputs, "nn::Normalization<N>: N is 1 or the number of inputs");
    for (std::size_t i = 0; i < Inputs; ++i) {
      const std::size_t k = N == 1 ? 0 : i;
      x[i] = number<Activation>((static_cast<float>(raw[i]) - mean[k]) * scale[k]);
    }
  }
};

// Normalized inputs as an array, of float unless another number is named: normalized<Net::InputNumber>(…).
template <class Number = float, std::size_t N, class Raw, std::size_t Inputs>
constexpr auto normalized(const Normalization<N>& normalization, std::span<const Raw, Inputs> raw) {
  std::array<Number, Inputs> x{};
  normalization.apply(raw, std::span<Number, Inputs>{x});
  return x;
}

}  // namespace nn
