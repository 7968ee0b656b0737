// The table of what became of which tensor, a line each.
#pragma once

#include <string>
#include <vector>

#include "tools/pytorch/assignment.hpp"

namespace tools::pytorch {

// "0  Conv2d  weight        conv1.weight  6x1x5x5  F32", and a sentence for what order alone has decided.
std::string table_of(const std::vector<Module>& modules, const Assignment& assignment);

}  // namespace tools::pytorch
