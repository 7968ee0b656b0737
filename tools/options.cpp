#include "tools/options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace tools {
namespace {

// Words of C++, and what the headers that ours include, or compilers, have at the top.
bool is_taken(const std::string& word) {
  static const std::set<std::string, std::less<>> taken{
      "alignas",       "alignof",     "and",          "and_eq",       "asm",       "auto",
      "bitand",        "bitor",       "bool",         "break",        "case",      "catch",
      "char",          "char8_t",     "char16_t",     "char32_t",     "class",     "compl",
      "concept",       "const",       "consteval",    "constexpr",    "constinit", "const_cast",
      "continue",      "co_await",    "co_return",    "co_yield",     "decltype",  "default",
      "delete",        "do",          "double",       "dynamic_cast", "else",      "enum",
      "explicit",      "export",      "extern",       "false",        "float",     "for",
      "friend",        "goto",        "if",           "inline",       "int",       "linux",
      "long",          "main",        "mutable",      "namespace",    "new",       "nn",
      "noexcept",      "not",         "not_eq",       "nullptr",      "operator",  "or",
      "or_eq",         "private",     "protected",    "public",       "register",  "reinterpret_cast",
      "requires",      "return",      "short",        "signed",       "sizeof",    "static",
      "static_assert", "static_cast", "std",          "struct",       "switch",    "target",
      "template",      "this",        "thread_local", "throw",        "true",      "try",
      "typedef",       "typeid",      "typename",     "union",        "unix",      "unsigned",
      "using",         "virtual",     "void",         "volatile",     "wchar_t",   "while",
      "xor",           "xor_eq"};
  return taken.contains(word);
}

std::string shown(double value) {
  char buffer[32];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

}  // namespace

std::string command_line(int count, char** arguments) {
  std::string line = std::filesystem::path{arguments[0]}.filename().string();
  for (int i = 1; i < count; ++i) {
    std::string argument = arguments[i];
    for (char& c : argument)
      if (c == '\n' || c == '\r') c = ' ';
    const bool plain = argument.find_first_of(" \t\"\\$&;()<>*?|'") == argument.npos && !argument.empty();
    line += plain ? " " + argument : " '" + argument + "'";
  }
  return line;
}

Options::Options(int count, char** arguments, std::set<std::string> without_value,
                 const std::map<std::string, std::string>& alone)
    : flags{std::move(without_value)} {
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (!name.starts_with("--")) throw Failure{"\"" + name + "\" is not an option; expected --name (see --help)"};
    const std::string key = name.substr(2);
    if (given.contains(key)) throw Failure{name + " is given twice; expected it once"};
    if (flags.contains(key)) {
      given[key] = "";
    } else if (alone.contains(key) && (i + 1 == count || std::string_view{arguments[i + 1]}.starts_with("--"))) {
      given[key] = alone.at(key);
    } else {
      if (i + 1 == count || std::string_view{arguments[i + 1]}.starts_with("--"))
        throw Failure{name + " has no value; expected one behind it (see --help)"};
      given[key] = arguments[++i];
      if (given[key].empty()) throw Failure{name + " is empty; expected a value behind it (see --help)"};
    }
  }
}

bool Options::flag(const std::string& name) {
  asked.insert(name);
  return given.contains(name);
}

std::optional<std::string> Options::text(const std::string& name) {
  asked.insert(name);
  const auto found = given.find(name);
  return found == given.end() ? std::nullopt : std::optional{found->second};
}

double Options::number(const std::string& name, double otherwise, double low, double high) {
  const auto value = text(name);
  if (!value) return otherwise;
  double result = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), result);
  if (error != std::errc{} || end != value->data() + value->size() || !(result >= low && result <= high))
    throw Failure{"--" + name + " is \"" + *value + "\"; expected a number from " + shown(low) + " to " + shown(high)};
  return result;
}

std::size_t Options::whole(const std::string& name, std::size_t otherwise, std::size_t low, std::size_t high) {
  const double value = number(name, static_cast<double>(otherwise), static_cast<double>(low), static_cast<double>(high));
  if (value != std::floor(value)) throw Failure{"--" + name + " is " + *text(name) + "; expected a whole number"};
  return static_cast<std::size_t>(value);
}

std::string Options::one_of(const std::string& name, const std::string& otherwise,
                            std::initializer_list<std::string_view> choices) {
  const std::string value = text(name).value_or(otherwise);
  std::string list;
  for (std::string_view choice : choices) {
    if (choice == value) return value;
    list += (list.empty() ? "" : ", ") + std::string{choice};
  }
  throw Failure{"--" + name + " is \"" + value + "\"; expected one of " + list};
}

std::optional<std::string> Options::identifier(const std::string& name) {
  const auto value = text(name);
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (value &&
      (value->empty() || !std::all_of(value->begin(), value->end(), fits) || (value->front() >= '0' && value->front() <= '9')))
    throw Failure{"--" + name + " is \"" + *value + "\"; expected a C++ name of letters, digits and _"};
  if (value && (is_taken(*value) || value->find("__") != value->npos ||
                (value->size() > 1 && value->front() == '_' && value->at(1) >= 'A' && value->at(1) <= 'Z')))
    throw Failure{"--" + name + " is \"" + *value +
                  "\", which means something in C++ or to this library already; expected another name"};
  return value;
}

bool Options::has(const std::string& name) const { return given.contains(name); }

void Options::refuse_together(const std::string& a, const std::string& b, const std::string& reason) const {
  if (has(a) && has(b)) throw Failure{"--" + a + " and --" + b + " " + reason + "; expected one of them"};
}

void Options::require_together(const std::string& a, const std::string& b) const {
  if (has(a) && !has(b)) throw Failure{"--" + a + " does nothing without --" + b + "; expected both or neither"};
}

void Options::refuse_others() const {
  for (const auto& [name, value] : given)
    if (!asked.contains(name)) throw Failure{"--" + name + " is not an option here; expected one of those that --help lists"};
}

}  // namespace tools
