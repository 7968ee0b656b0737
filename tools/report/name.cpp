#include "tools/report/name.hpp"

#include "tools/data/shown.hpp"

namespace tools {

std::string name_of(const std::vector<std::string>& names, std::size_t k) {
  return k < names.size() ? readable(names[k]) : std::to_string(k);
}

}  // namespace tools
