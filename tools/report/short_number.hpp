// short_number: a number as short as people write it, with six digits at most.
#pragma once

#include <string>

namespace tools {

std::string short_number(double value);

}  // namespace tools
