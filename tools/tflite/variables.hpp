// Variables: what TensorFlow Lite keeps behind handles (VAR_HANDLE, READ_VARIABLE, ASSIGN_VARIABLE), with the subgraph that sets
// them once (CALL_ONCE), becomes tensors that keep their numbers.
#pragma once

#include <vector>

#include "tools/import/model.hpp"

namespace tools::tflite {

// Of `model`, one of the file's subgraphs. What cannot be resolved is noted as an obstacle.
void resolve_variables(importer::Model& model, const std::vector<importer::Model>& subgraphs);

}  // namespace tools::tflite
