// Which tensor of a state dict each part of each module is. What a map names is taken by its name; for the other modules, one
// after the other, the first group of the file that has the same kinds of tensors and the same shapes and is not taken yet, one
// of the same parent as the module before in preference: after layer1.0.conv1 comes layer1.0.bn1, whatever bn1 stands before it.
#pragma once

#include <string>
#include <vector>

#include "tools/pytorch/module.hpp"
#include "tools/pytorch/name_map.hpp"
#include "tools/safetensors/tensors.hpp"

namespace tools::pytorch {

struct Assigned {
  std::vector<const safetensors::Tensor*> tensors;  // of each part; null: the file does without
  std::size_t others = 0;                           // modules of the file that would have fitted as well
};

struct Assignment {
  std::vector<Assigned> modules;
  std::vector<const safetensors::Tensor*> left;  // tensors of real numbers that no layer takes
};

// Throws Failure with both shapes if a module finds none.
Assignment assign(const std::vector<Module>& modules, const safetensors::Tensors& from, const NameMap& map);

// Brings the numbers to where the parts stand.
void take(const std::vector<Module>& modules, const safetensors::Tensors& from, const Assignment& assignment);

}  // namespace tools::pytorch
