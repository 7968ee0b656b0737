// Repeating a training, on all cores of this machine, and dealing rows out to folds.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "nn/random.hpp"
#include "tools/data/dataset.hpp"
#include "tools/report/repetitions.hpp"

namespace tools {

// The rows of each fold: class by class in a random order, so that each has its share of all; of numbers all in one.
std::vector<std::vector<std::size_t>> deal(const Dataset& data, std::size_t folds, nn::Random& random);

// make(0), make(1), …: each depends on its number alone, whichever thread makes it. The first failure is thrown.
std::vector<Repetition> repeated(std::size_t count, bool together, const std::function<Repetition(std::size_t)>& make,
                                 bool quiet);

}  // namespace tools
