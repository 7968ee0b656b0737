// Normalizations found from training data.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/column.hpp"
#include "tools/data/dataset.hpp"

namespace tools {

// none; scale: divide everything by the largest magnitude; standard: to mean 0 and deviation 1 for each column; unit: to 0 … 1
// for each column. A column that never changes becomes 0. `columns` are of the rows that are learnt from.
template <std::size_t Count>
nn::StoredNormalization<Count> normalization_of(const std::string& kind, std::span<const Column> columns) {
  nn::StoredNormalization<Count> found;
  const auto inverse = [](double size) {
    const float scale = static_cast<float>(1 / size);
    return size > 0 && std::isfinite(scale) ? scale : 1;
  };
  if (kind == "scale") {
    double largest = 0;
    for (const Column& column : columns) largest = std::max({largest, -column.least, column.most});
    found.count = 1;
    const float scale = 1 / static_cast<float>(largest);
    found.scale[0] = largest > 0 && std::isfinite(scale) ? scale : 1;
  } else if (kind != "none") {
    found.count = Count;
    for (std::size_t i = 0; i < Count; ++i) {
      const Column& column = columns[i];
      found.mean[i] = static_cast<float>(kind == "standard" ? column.mean : column.least);
      found.scale[i] = column.constant() ? 1 : inverse(kind == "standard" ? column.deviation : column.most - column.least);
    }
  }
  return found;
}

template <std::size_t Inputs>
nn::StoredNormalization<Inputs> find_normalization(const std::string& kind, const Dataset& data) {
  std::vector<std::size_t> rows(data.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return normalization_of<Inputs>(kind, columns_of(data.values, data.features, rows));
}

}  // namespace tools
