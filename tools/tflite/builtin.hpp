// TensorFlow Lite's builtin operators by their codes: names, and of those that Op has, the kind of their options.
#pragma once

#include <cstdint>

#include "tools/tflite/model.hpp"
#include "tools/tflite/schema.hpp"

namespace tools::tflite {

inline constexpr std::int32_t custom_operator = 32;
inline constexpr std::int32_t last_operator = 161;  // those above are for compilers, not for microcontrollers

// 0 to last_operator.
const char* builtin_name(std::int32_t code);

struct Builtin {
  Op op = Op::other;
  schema::OptionsType options = schema::OptionsType::none;  // none: it has no options, or none that we read
  bool required = true;  // if not, absent options, and those of another kind, are the defaults, as the reference has them
};
Builtin builtin(std::int32_t code);

}  // namespace tools::tflite
