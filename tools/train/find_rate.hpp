// The rate for a training, found by raising it from batch to batch (tools/report/rate_curve.hpp).
#pragma once

#include <cmath>
#include <string>

#include "tools/report/progress.hpp"
#include "tools/report/rate_curve.hpp"

namespace tools {

// Of a run that has not begun; its weights are worth nothing afterwards.
RateCurve rate_curve(auto& run, bool quiet) {
  constexpr std::size_t batches = 300;
  constexpr double first = 1e-5, last = 10;
  RateCurve curve;
  Progress progress{batches, quiet};
  for (std::size_t k = 0; k < batches; ++k) {
    const double rate = first * std::pow(last / first, static_cast<double>(k) / (batches - 1));
    const float loss = run.step(static_cast<float>(rate));
    if (run.learner->refused() > 0 || !curve.add(rate, static_cast<double>(loss))) break;
    progress.show(k + 1, "batches");
  }
  return curve;
}

inline std::string rate_table(const RateCurve& curve) {
  std::string out = "      rate        loss\n";
  char line[160];
  for (std::size_t k = 0; k < curve.points().size(); k += 12) {
    std::snprintf(line, sizeof line, "%10.2g%12.4f\n", curve.points()[k].rate, curve.points()[k].loss);
    out += line;
  }
  if (curve.proposed() == 0)
    return out + "the loss falls at none of these rates; look at the data and their normalization first\n";
  std::snprintf(line, sizeof line, "the loss falls most steeply at rate %.2g and is least at %.2g; try --rate %.2g\n",
                curve.proposed(), curve.lowest(), curve.proposed());
  return out + line;
}

}  // namespace tools
