// What stands in an ONNX file (onnx/onnx.proto3, IR version 3 to 12), without any meaning: read.hpp reads it, translation.hpp
// brings it to the importer's model.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/onnx/data_type.hpp"

namespace tools::onnx {

// Its numbers row by row, little-endian, of the type's own size.
struct TensorData {
  std::string name;
  DataType type = DataType::undefined;
  std::vector<std::int64_t> shape;
  std::vector<std::uint8_t> bytes;
};

enum class AttributeKind { real = 1, whole = 2, text = 3, tensor = 4, graph = 5, reals = 6, wholes = 7, texts = 8, other = 9 };

struct Attribute {
  AttributeKind kind = AttributeKind::other;
  float real = 0;
  std::int64_t whole = 0;
  std::string text;
  TensorData tensor;
  std::vector<float> reals;
  std::vector<std::int64_t> wholes;
  std::vector<std::string> texts;
};

struct NodeData {
  std::string operation, domain, name;       // domain: empty for that of ONNX itself
  std::vector<std::string> inputs, outputs;  // an empty name: absent
  std::map<std::string, Attribute> attributes;
};

// An input or output of the graph. An extent that is not stated, or named, is -1.
struct ValueInfo {
  std::string name;
  std::optional<DataType> type;
  std::optional<std::vector<std::int64_t>> shape;
};

struct Graph {
  std::vector<NodeData> nodes;
  std::vector<TensorData> initializers;
  std::vector<ValueInfo> inputs, outputs;
};

struct File {
  std::string name;
  std::int64_t ir_version = 0;
  std::map<std::string, std::int64_t> opsets;  // by domain
  Graph graph;
  std::string producer;
};

}  // namespace tools::onnx
