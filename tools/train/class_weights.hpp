// How much a sample of each class counts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/data/dataset.hpp"

namespace tools {

// "balanced", or "1,5,2"; "" is none.
// Balanced: of n samples, n / (k · n[c]) for each of class c, k being the number of classes that occur; so that every class
// weighs as much as any other, and all samples together as much as without weights.
std::vector<float> class_weights(const std::string& asked, const Dataset& data, std::size_t classes);

}  // namespace tools
