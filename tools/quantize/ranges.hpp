// Ranges: between which numbers each tensor of a float model stays while it runs on calibration data.
#pragma once

#include <optional>
#include <vector>

#include "tools/import/model.hpp"
#include "tools/model/tensor_range.hpp"

namespace tools::quantizer {

using Interval = TensorRange;

// One interval for each tensor of the model, {0, 0} for constants. With a percentile, such as 99.9, that share of a tensor's
// numbers lies below `high`, and as many above `low`; without one, all do, and so do the cells of an LSTM. Percentiles are exact
// to 1/8192 of the whole range. Throws Failure if a number is not finite, which names the operator that computes it.
std::vector<Interval> ranges(const importer::Model& model, const std::vector<std::vector<float>>& inputs,
                             std::optional<double> percentile);

}  // namespace tools::quantizer
