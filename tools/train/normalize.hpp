// Normalizations found from training data.
#pragma once

#include <span>
#include <string>

#include "tools/data/column.hpp"
#include "tools/data/dataset.hpp"
#include "tools/model/normalization.hpp"

namespace tools {

// none; scale: divide everything by the largest magnitude; standard: to mean 0 and deviation 1 for each column; unit: to 0 … 1
// for each column. A column that never changes becomes 0. `columns` are of the rows that are learnt from.
Normalization normalization_of(const std::string& kind, std::span<const Column> columns);

// Of all rows.
Normalization find_normalization(const std::string& kind, const Dataset& data);

}  // namespace tools
