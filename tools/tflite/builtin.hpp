// TensorFlow Lite's builtin operators by their codes: names, and what their options are called among the attributes of a model.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "tools/tflite/schema.hpp"

namespace tools::tflite {

inline constexpr std::int32_t custom_operator = 32;
inline constexpr std::int32_t last_operator = 161;  // those above are for compilers, not for microcontrollers

// 0 to last_operator.
const char* builtin_name(std::int32_t code);

// How a field of a table of options is stored, and so what becomes of it.
enum class Form { whole, byte, flag, real, padding, activation, wholes, string };

struct Option {
  std::uint32_t field;
  const char* attribute;
  Form form;
  std::int32_t otherwise = 0;  // of whole numbers: the schema's default
};

// The options of an operator; none of one that has none.
struct Options {
  std::uint8_t type = 0;  // which of the schema's kinds of options
  std::span<const Option> list = {};
  bool required = false;  // if not, absent options, and those of another kind, are the defaults, as the reference has them
};
Options options_of(std::int32_t code);

}  // namespace tools::tflite
