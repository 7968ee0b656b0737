#include "tools/data/column.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tools {

bool Column::constant() const {
  return !(most > least) || deviation < 1e-7 * std::max(std::abs(least), std::abs(most)) ||
         !(1 / deviation < static_cast<double>(std::numeric_limits<float>::max()));
}

std::vector<Column> columns_of(std::span<const float> table, std::size_t width, std::span<const std::size_t> rows) {
  std::vector<Column> columns(width);
  for (std::size_t i = 0; i < width; ++i) {
    const auto for_each = [&](auto visit) {
      for (std::size_t row : rows)
        if (const float value = table[row * width + i]; !std::isnan(value)) visit(static_cast<double>(value));
    };
    double sum = 0, squares = 0, count = 0;
    Column& column = columns[i];
    for_each([&](double value) {
      column.least = count == 0 ? value : std::min(column.least, value);
      column.most = count == 0 ? value : std::max(column.most, value);
      sum += value;
      ++count;
    });
    if (count == 0) continue;
    column.mean = sum / count;
    for_each([&](double value) { squares += std::pow(value - column.mean, 2); });
    column.deviation = std::sqrt(squares / count);
  }
  return columns;
}

}  // namespace tools
