#include "tools/import/spelling.hpp"

#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>

namespace tools::importer {

namespace {

// The longest first.
constexpr std::pair<std::string_view, const char*> names[]{{"short unsigned int", "std::uint16_t"},
                                                           {"unsigned short", "std::uint16_t"},
                                                           {"short int", "std::int16_t"},
                                                           {"short", "std::int16_t"},
                                                           {"signed char", "std::int8_t"},
                                                           {"unsigned char", "std::uint8_t"},
                                                           {"long int", "std::int64_t"},
                                                           {"long", "std::int64_t"},
                                                           {"unsigned int", "std::uint32_t"},
                                                           {"int", "std::int32_t"}};

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

}  // namespace

std::string spelled(float value) {
  if (std::isinf(value)) return value < 0 ? "-std::numeric_limits<float>::infinity()" : "std::numeric_limits<float>::infinity()";
  if (std::isnan(value)) return "std::numeric_limits<float>::quiet_NaN()";
  char digits[40];
  std::string shown = std::signbit(value) ? "-0x" : "0x";
  shown.append(digits, std::to_chars(digits, digits + sizeof digits, std::abs(value), std::chars_format::hex).ptr);
  return shown += "f";
}

std::string spelled_type(std::string_view compilers) {
  std::string result;
  for (std::size_t at = 0; at < compilers.size();) {
    const std::string_view rest = compilers.substr(at);
    const bool begins = in_word(rest[0]) && (at == 0 || !in_word(compilers[at - 1]));
    std::size_t taken = 0;
    for (const auto& [from, to] : names) {
      if (!begins || !rest.starts_with(from) || (rest.size() > from.size() && in_word(rest[from.size()]))) continue;
      result += to;
      taken = from.size();
      break;
    }
    if (taken == 0) result += rest[taken++];
    at += taken;
  }
  // The rounding that a layer has where none is named.
  for (const auto& [whole, rest] : {std::pair{"Of<nn::int8::Reference>", ""}, {", nn::int8::Reference>", ">"}})
    if (const std::size_t at = result.find(whole); at != std::string::npos)
      result.replace(at, std::string_view{whole}.size(), rest);
  return result;
}

}  // namespace tools::importer
