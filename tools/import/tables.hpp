// Tables: functions of one int8 number, as TensorFlow Lite's integer kernels compute them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "tools/tflite/model.hpp"

namespace tools::importer {

// The outputs of the inputs -128 … 127; nothing if the operator is no such function, or none that is supported.
std::optional<std::array<std::int8_t, 256>> table(const tflite::Operator& operation, const tflite::Tensor& x, const tflite::Tensor& y);

}  // namespace tools::importer
