// The options of one operator.
#pragma once

#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/model.hpp"
#include "tools/tflite/schema.hpp"

namespace tools::tflite {

// `options`: the table whose kind is `type`.
Options read_options(const Flatbuffer& file, schema::OptionsType type, const Table& options);

}  // namespace tools::tflite
