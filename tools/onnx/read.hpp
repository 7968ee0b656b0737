// Reads .onnx files into a model of tools/import.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tools/import/model.hpp"
#include "tools/onnx/translation.hpp"

namespace tools::onnx {

// Throws Failure unless the file is whole and holds what the importer has.
importer::Model read_model(const std::string& file, const Settings& settings = {});

// The same of bytes; `name` is what failures call them. External data are refused. Takes memory in proportion to the bytes and to
// the limits of tools/import/limits.hpp.
importer::Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes, const Settings& settings = {});

}  // namespace tools::onnx
