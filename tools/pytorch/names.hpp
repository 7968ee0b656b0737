// What the parts of modules are to be called outside: as a map or another file says, else as nn.Sequential does: "0.weight".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/pytorch/assignment.hpp"

namespace tools::pytorch {

struct PartName {
  std::string name;  // empty: the other file does without
  Extents shape;
};
using PartNames = std::vector<std::vector<PartName>>;  // of each part of each module

// `like`: a file whose names are taken, by order and shape or by the map. What it does without must be as if it were missing: a
// bias before a BatchNorm is brought into that one's mean, any other that was learnt is a Failure.
PartNames names_of(const std::vector<Module>& modules, const NameMap& map, const std::optional<safetensors::Tensors>& like);

// The tensors of a state dict.
std::vector<safetensors::Written> state_dict(const std::vector<Module>& modules, const PartNames& names);

}  // namespace tools::pytorch
