#include "tools/train/find_rate.hpp"

#include <cmath>
#include <cstdio>

#include "tools/report/progress.hpp"

namespace tools {

RateCurve find_rate(const std::function<std::optional<float>(float rate)>& step, bool quiet) {
  constexpr std::size_t batches = 300;
  constexpr double first = 1e-5, last = 10;
  RateCurve curve;
  Progress progress{batches, quiet};
  for (std::size_t k = 0; k < batches; ++k) {
    const double rate = first * std::pow(last / first, static_cast<double>(k) / (batches - 1));
    const auto loss = step(static_cast<float>(rate));
    if (!loss || !curve.add(rate, static_cast<double>(*loss))) break;
    progress.show(k + 1, "batches");
  }
  return curve;
}

std::string rate_table(const RateCurve& curve) {
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
