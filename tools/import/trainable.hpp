// Trainable: a model as an nn::Network that can learn, where chains, sums and concatenations of layers of nn/ express it.
#pragma once

#include "tools/import/layer.hpp"
#include "tools/import/model.hpp"

namespace tools::importer {

// Throws Failure, naming the operator and saying what to do, if the model has more than one input or output, is not of float32,
// has an operator for which nn/ has no layer, or branches that meet in another way.
Chain trainable(Model model);

// Adds an operator of this kind behind a model's only output: "softmax", in the place of a LOG_SOFTMAX there, or "logistic".
// Throws Failure if it ends with one of these already.
void end_with(Model& model, const std::string& kind);

}  // namespace tools::importer
