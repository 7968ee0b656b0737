// Trainable: a model as an nn::Network that can learn, where chains, sums and concatenations of layers of nn/ express it.
#pragma once

#include "tools/import/layer.hpp"
#include "tools/import/model.hpp"

namespace tools::importer {

// Throws Failure, naming the operator and saying what to do, if the model has more than one input or output, is not of float32, has
// an operator for which nn/ has no layer, or branches that meet in another way.
Chain trainable(Model model);

}  // namespace tools::importer
