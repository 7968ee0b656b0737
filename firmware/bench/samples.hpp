// Labelled bytes in flash, normalized one sample at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/normalization.hpp"

namespace bench {

template <std::size_t Features, std::size_t Count>
struct Samples {
  static constexpr std::size_t features = Features;

  const std::array<std::uint8_t, Features * Count>& inputs;
  const std::array<std::uint8_t, Count>& labels;
  nn::Normalization<1> normalization;

  template <class Number>
  void load(std::size_t i, std::span<Number, Features> x) const {
    normalization.apply(std::span<const std::uint8_t, Features>{&inputs[i * Features], Features}, x);
  }
};

}  // namespace bench
