// A model as text: a table of its tensors, one of its operators, the bytes of its constants, and what stands in the way of its
// import.
#pragma once

#include <string>

#include "tools/import/model.hpp"

namespace tools::tflite {

std::string describe(const importer::Model& model);

}  // namespace tools::tflite
