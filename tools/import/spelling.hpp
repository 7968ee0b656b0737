// How numbers and types of nn/ are written in C++.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>


namespace tools::importer {

std::string spelled(float value);  // every bit; infinity by its name. Not of a NaN
std::string spelled(std::integral auto value) { return std::to_string(value); }
inline std::string spelled(bool value) { return value ? "true" : "false"; }

// "nn::int16::Rescale<std::int16_t, std::int8_t>" of what compilers call it.
std::string spelled_type(std::string_view compilers);

namespace spelling {
template <class Type>
constexpr const char* of() {
  return __PRETTY_FUNCTION__;
}
}  // namespace spelling

template <class Type>
std::string type_name() {
  const std::string_view whole = spelling::of<Type>();
  const std::size_t begin = whole.find("Type = ") + 7;
  return spelled_type(whole.substr(begin, whole.rfind(']') - begin));
}

}  // namespace tools::importer
