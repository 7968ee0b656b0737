#include "tools/report/short_number.hpp"

#include <cstdio>

namespace tools {

std::string short_number(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", value);
  return buffer;
}

}  // namespace tools
