// Group: a module of a state dict, by the names of its tensors: "features.0.weight" and "features.0.bias" are features.0. The
// layers of a stacked recurrent module are groups of their own: "gru.weight_ih_l1" is weight_ih_l0 of gru#1.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/safetensors/tensors.hpp"

namespace tools::pytorch {

struct Group {
  std::string name, parent;
  std::map<std::string, const safetensors::Tensor*> tensors;  // by their names behind the module's
  bool taken = false;
};

// Of the tensors of real numbers. Their order is that of the data unless that is alphabetical, as PyTorch's library writes it:
// then it is that of the names, with numbers read as numbers: 2 before 10.
std::vector<Group> groups_of(const safetensors::Tensors& from);

}  // namespace tools::pytorch
