// The name of a type as the compiler writes it: "nn::Dense<32>".
#pragma once

#include <string_view>

namespace tools {

template <class T>
constexpr std::string_view type_name() {
  std::string_view name = __PRETTY_FUNCTION__;  // … [with T = nn::Dense<32>; …] or [T = nn::Dense<32>]
  name.remove_prefix(name.find("T = ") + 4);
  return name.substr(0, name.find_first_of(";]"));
}

}  // namespace tools
