// Exporters write a recurrent layer's output of every step, and take the last one. Where nobody reads another, the layer makes
// that alone, and needs no memory for the others.
#pragma once

#include "tools/import/model.hpp"

namespace tools::onnx {

void make_last_steps_alone(importer::Model& model);

}  // namespace tools::onnx
