// name_of: what class k is called where people read it, its number if it has no name.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tools {

std::string name_of(const std::vector<std::string>& names, std::size_t k);

}  // namespace tools
