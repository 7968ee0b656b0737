#include "tools/train/normalize.hpp"

#include <algorithm>
#include <cmath>

namespace tools {

Normalization normalization_of(const std::string& kind, std::span<const Column> columns) {
  Normalization found;
  const auto inverse = [](double size) {
    const float scale = static_cast<float>(1 / size);
    return size > 0 && std::isfinite(scale) ? scale : 1;
  };
  if (kind == "scale") {
    double largest = 0;
    for (const Column& column : columns) largest = std::max({largest, -column.least, column.most});
    const float scale = 1 / static_cast<float>(largest);
    found = {{0}, {largest > 0 && std::isfinite(scale) ? scale : 1}};
  } else if (kind != "none") {
    for (const Column& column : columns) {
      found.mean.push_back(static_cast<float>(kind == "standard" ? column.mean : column.least));
      found.scale.push_back(column.constant() ? 1
                                              : inverse(kind == "standard" ? column.deviation : column.most - column.least));
    }
  }
  return found;
}

Normalization find_normalization(const std::string& kind, const Dataset& data) {
  return normalization_of(kind, columns_of(data.values, data.features, all_rows(data)));
}

}  // namespace tools
