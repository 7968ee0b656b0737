// A model as text: a table of its tensors, one of its operators, the bytes of its constants.
#pragma once

#include <string>

#include "tools/tflite/model.hpp"

namespace tools::tflite {

std::string describe(const Model& model);

}  // namespace tools::tflite
