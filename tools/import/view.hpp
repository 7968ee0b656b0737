// View: what a tensor is of another one: slices, parts of splits, and parts of these. An operator that can read it where it lies
// needs no copy of it, and who made the copy has nothing to do.
#pragma once

#include "tools/import/model.hpp"

namespace tools::importer {

struct View {
  int tensor;                // of which it is a part
  std::vector<int> begin{};  // where it begins there, for each dimension
};

// As far back as it goes; of one that is no part, itself from 0 on.
View view(Model& model, int tensor);

}  // namespace tools::importer
