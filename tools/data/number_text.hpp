// Numbers as they stand in text.
#pragma once

#include <optional>
#include <string_view>

namespace tools {

struct NumberText {
  std::optional<float> value;  // the nearest float: 0 for what is too small; nothing if it is no number, too large or a NaN
  bool comma = false;          // a decimal comma was read as a point
};
NumberText read_number(std::string_view text, bool decimal_comma);

// Whether it is a number that no float is near.
bool too_large(std::string_view text);

// Nothing, ?, NA, N/A, NaN, null, in any case.
bool is_missing(std::string_view text);

// A whole number of at most 9 digits, also as 3.0.
std::optional<long> whole_number(std::string_view text);

}  // namespace tools
