// Reads the fields of an ONNX file that matter. Everything damaged, and whatever no importer could make sense of, is a sentence
// with the path of the field; no number of the file is believed before it was held against the bytes that there are.
#pragma once

#include <string>

#include "tools/onnx/graph.hpp"
#include "tools/onnx/wire.hpp"

namespace tools::onnx {

// `folder`: where files of external data may lie; empty: nowhere.
File parse(const std::string& name, Bytes bytes, const std::string& folder);

}  // namespace tools::onnx
