#include "tools/train/run.hpp"

namespace tools {

std::string instead_of_divergence(std::pair<double, double> largest) {
  const auto [input, target] = largest;
  if (input > 100)
    return "inputs are as large as " + short_number(input) + "; expected them near 1, as --normalize standard brings them";
  if (target > 100)
    return "targets are as large as " + short_number(target) +
           "; expected them near 1, as --normalize-target standard brings them";
  return "expected it to fall, at a lower --rate";
}

template class Run<float, float>;

}  // namespace tools
