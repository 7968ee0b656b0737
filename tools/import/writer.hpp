// Writer: the operators of a network as C++, each from the members that its struct lists (nn/graph/members.hpp). Arrays that
// members point to stand before it, equal ones once.
#pragma once

#include <map>
#include <string>

#include "tools/import/spelling.hpp"

namespace tools::importer {

class Writer {
 public:
  std::string text;               // what was written so far
  std::int64_t bytes_written = 0;  // of arrays

  // Of the operator that is written next.
  void begin(std::string name) { own = std::move(name); }

  template <class Kernel>
  void write(const Kernel& kernel) {
    std::string fields;
    kernel.members([&](const char* name, const auto& value) { add_field(fields, text_of(name, name, value)); });
    text += "inline constexpr " + type_name<Kernel>() + " " + own + "{\n" + fields + "};\n\n";
  }

  // The name of an array of these values, which is written if there is none yet.
  template <class Number>
  std::string array(const std::string& what, const Number* values, std::size_t count) {
    std::string rows, line = "   ";
    for (std::size_t i = 0; i < count; ++i) add_value(rows, line, element(values[i]));
    const std::size_t bytes = sizeof(Number) * count;
    return named(what, type_name<Number>(), count, bytes, sizeof(Number) < 4, rows + line + "\n");
  }

 private:
  template <class Value>
  static constexpr bool is_number = std::is_arithmetic_v<Value>;

  // A structure of numbers alone is written without their names.
  template <class Value>
  static std::string element(const Value& value) {
    if constexpr (is_number<Value>) {
      return spelled(value);
    } else if constexpr (requires { value.members([](const char*, const auto&) {}); }) {
      std::string list;
      value.members([&](const char*, const auto& member) { list += (list.empty() ? "" : ", ") + element(member); });
      return "{" + list + "}";
    } else {
      return "";
    }
  }

  template <class Value>
  static bool is_plain(const Value& value) {
    bool plain = true;
    value.members([&](const char*, const auto& member) { plain = plain && is_number<std::remove_cvref_t<decltype(member)>>; });
    return plain;
  }

  // ".name = value"; `path`: what an array is called.
  template <class Value>
  std::string text_of(const std::string& name, const std::string& path, const Value& value) {
    return "." + name + " = " + value_of(path, value);
  }
  template <class Value>
  std::string value_of(const std::string& path, const Value& value) {
    if constexpr (is_number<Value>) {
      return spelled(value);
    } else if constexpr (std::is_enum_v<Value>) {
      return std::string{spelled(value)};
    } else if constexpr (std::is_array_v<Value>) {
      std::string list;
      for (const auto& each : value) list += (list.empty() ? "" : ", ") + spelled(each);
      return "{" + list + "}";
    } else if constexpr (requires { value.data(); value.size(); }) {
      return value.empty() ? "nullptr" : array(path, value.data(), value.size());
    } else {
      if (is_plain(value)) return element(value);
      std::string list;
      value.members([&](const char* inner, const auto& member) {
        list += (list.empty() ? "" : ", ") + text_of(inner, path + "_" + inner, member);
      });
      return "{" + list + "}";
    }
  }

  static void add_value(std::string& rows, std::string& line, const std::string& value);
  static void add_field(std::string& fields, const std::string& field);
  std::string named(const std::string& what, const std::string& type, std::size_t count, std::size_t bytes, bool aligned,
                    const std::string& rows);

  std::string own;
  std::map<std::string, std::string> arrays;  // type and content: name
};

}  // namespace tools::importer
