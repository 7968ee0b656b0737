// What exporters write for a LayerNormalization that their format lacks, d = x - mean(x), d / sqrt(mean(d²) + epsilon), over the
// last dimension, as one STANDARDIZE. Of a model that was checked.
#pragma once

#include "tools/import/model.hpp"

namespace tools::importer {

void standardize(Model& model);

}  // namespace tools::importer
