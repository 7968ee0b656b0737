// Normalization<Count>: brings raw inputs to the range that the network was trained on, x[i] = (raw[i] - mean)·scale. Stored
// with the model. Count is 1 (one mean and scale for all inputs) or the number of inputs.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "nn/number/fixed.hpp"

namespace nn {

template <std::size_t Count>
struct Normalization {
  std::array<float, Count> mean{};
  std::array<float, Count> scale{};

  template <class Value, class Activation, std::size_t Inputs>
  constexpr void apply(std::span<const Value, Inputs> raw, std::span<Activation, Inputs> x) const {
    static_assert(Count == 1 || Count == Inputs, "nn::Normalization<Count>: Count is 1 or the number of inputs");
    for (std::size_t i = 0; i < Inputs; ++i) x[i] = number<Activation>(of(static_cast<float>(raw[i]), i));
  }

  // Input i alone.
  constexpr float of(float raw, std::size_t i) const {
    const std::size_t k = Count == 1 ? 0 : i;
    return (raw - mean[k]) * scale[k];
  }

  // Back again, to the nearest float or so: raw[i] = x[i] / scale + mean. For outputs of a network that learnt normalized
  // targets.
  template <class Activation, std::size_t Outputs>
  constexpr void undo(std::span<const Activation, Outputs> x, std::span<float, Outputs> raw) const {
    static_assert(Count == 1 || Count == Outputs, "nn::Normalization<Count>: Count is 1 or the number of outputs");
    for (std::size_t i = 0; i < Outputs; ++i) {
      const std::size_t k = Count == 1 ? 0 : i;
      raw[i] = static_cast<float>(x[i]) / scale[k] + mean[k];
    }
  }
};

// Normalized inputs as an array, of float unless another number is named: normalized<Net::InputNumber>(…).
template <class Number = float, std::size_t Count, class Value, std::size_t Inputs>
constexpr auto normalized(const Normalization<Count>& normalization, std::span<const Value, Inputs> raw) {
  std::array<Number, Inputs> x{};
  normalization.apply(raw, std::span<Number, Inputs>{x});
  return x;
}

// Outputs in the unit of the targets, as an array of float.
template <std::size_t Count, class Activation, std::size_t Outputs>
constexpr auto denormalized(const Normalization<Count>& normalization, std::span<const Activation, Outputs> x) {
  std::array<float, Outputs> raw{};
  normalization.undo(x, std::span<float, Outputs>{raw});
  return raw;
}

}  // namespace nn
