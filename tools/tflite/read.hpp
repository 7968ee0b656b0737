// Reads .tflite files: what stands in them, bounds-checked, into a model of tools/import. Nothing is said about what it means;
// what cannot be part of a model, such as a custom operator or a sparse tensor, is noted as an obstacle.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tools/import/model.hpp"

namespace tools::tflite {

// Throws Failure unless the file's structure is whole. `signature`: which of several, by its name or that of its subgraph; empty:
// the only one.
importer::Model read_model(const std::string& file, const std::string& signature = "");

// The same of bytes; `name` is what failures call them. Takes memory in proportion to the bytes, whatever they are.
importer::Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes, const std::string& signature = "");

}  // namespace tools::tflite
