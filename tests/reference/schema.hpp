// The operators in the file format: their names and the fields of their options.
// github.com/tensorflow/tflite-micro, tensorflow/lite/schema/schema.fbs.
#pragma once

#include <cstdint>
#include <vector>

#include "model.hpp"

namespace reference::schema {

enum class Kind { byte, word, real, flag, list, text };

struct Field {
  const char* name;
  std::uint32_t slot;
  Kind kind;
  double otherwise = 0;
};

struct Row {
  Op op;
  const char* name;
  int options;  // number of the kind of its options; 0: none
  std::vector<Field> fields{};
};

const Row& row(Op op);      // throws Unknown
const Row* find(int code);  // none: not known

}  // namespace reference::schema
