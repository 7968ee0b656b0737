#include "tools/model/normalization.hpp"

namespace tools {

double Normalization::undone(double value, std::size_t i) const {
  if (count() == 0) return value;
  const std::size_t k = count() == 1 ? 0 : i;
  return value / static_cast<double>(scale[k]) + static_cast<double>(mean[k]);
}

}  // namespace tools
