// text("has ", 3, " scales"): its arguments behind each other. Shapes as 1x49x10x1, numbers as short as they can be read back.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

inline void append(std::string& to, std::string_view part) { to += part; }
inline void append(std::string& to, std::integral auto number) { to += std::to_string(number); }
inline void append(std::string& to, float number) {
  std::array<char, 32> digits{};
  to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}
inline void append(std::string& to, const std::vector<int>& shape) {
  if (shape.empty()) to += "scalar";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) to += 'x';
    append(to, shape[i]);
  }
}

std::string text(const auto&... parts) {
  std::string whole;
  (append(whole, parts), ...);
  return whole;
}

}  // namespace tools
