#include "tools/data/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace tools {
namespace {

std::optional<float> value_of(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) value = static_cast<float>(std::strtod(std::string{text}.c_str(), nullptr));
  return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

}  // namespace

NumberText read_number(std::string_view text, bool decimal_comma) {
  NumberText found{value_of(text)};
  if (found.value || !decimal_comma || std::count(text.begin(), text.end(), ',') != 1 || text.find('.') != text.npos)
    return found;
  std::string point{text};
  std::replace(point.begin(), point.end(), ',', '.');
  found.value = value_of(point);
  found.comma = found.value.has_value();
  return found;
}

bool too_large(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return end == text.data() + text.size() && error != std::errc::invalid_argument && !std::isnan(value) && !value_of(text);
}

bool is_missing(std::string_view text) {
  std::string low{text};
  for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return low.empty() || low == "?" || low == "na" || low == "n/a" || low == "nan" || low == "null";
}

std::optional<long> whole_number(std::string_view text) {
  const auto value = value_of(text);
  if (!value || *value != std::floor(*value) || std::abs(*value) > 1e9f) return std::nullopt;
  long number = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size())
    return std::abs(number) <= 999'999'999 ? std::optional{number} : std::nullopt;
  return static_cast<long>(*value);
}

}  // namespace tools
