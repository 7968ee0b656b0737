// One tensor of an ONNX file: raw_data, or a list of typed data, or external data in a file of the same folder.
#pragma once

#include <string>

#include "tools/onnx/graph.hpp"
#include "tools/onnx/wire.hpp"

namespace tools::onnx {

TensorData read_tensor(const Message& from, const std::string& folder);

}  // namespace tools::onnx
