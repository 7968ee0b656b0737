// The rate for a training, found by raising it from batch to batch (tools/report/rate_curve.hpp).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "tools/report/rate_curve.hpp"

namespace tools {

// step(rate) learns a batch and gives its loss, nothing if it was refused; the weights are worth nothing afterwards.
RateCurve find_rate(const std::function<std::optional<float>(float rate)>& step, bool quiet);

std::string rate_table(const RateCurve& curve);

}  // namespace tools
