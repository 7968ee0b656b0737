// A dataset's raw rows as the inputs of a network, normalized by the very code that a device runs.
#pragma once

#include <cstddef>
#include <span>

#include "nn/nn.hpp"

namespace tools {

template <std::size_t Inputs, class Number>
void normalize_row(const nn::StoredNormalization<Inputs>& normalization, std::span<const float> raw,
                   std::span<Number, Inputs> x) {
  const std::span<const float, Inputs> row{raw.data(), Inputs};
  if (normalization.count == 0)
    for (std::size_t i = 0; i < Inputs; ++i) x[i] = nn::number<Number>(row[i]);
  else if (normalization.count == 1)
    nn::Normalization<1>{{normalization.mean[0]}, {normalization.scale[0]}}.apply(row, x);
  else
    nn::Normalization<Inputs>{normalization.mean, normalization.scale}.apply(row, x);
}

}  // namespace tools
