// What a user should know of layers among codes, as notes of the model: which of them run in float32 because they have no form on
// codes, and which a desktop runs in float32 though they are layers on codes here.
#pragma once

#include <string>
#include <vector>

#include "tools/import/model.hpp"

namespace tools::onnx {

// `desktop`: the labels of the latter.
void note_layers_between_codes(importer::Model& model, const std::vector<std::string>& desktop);

}  // namespace tools::onnx
