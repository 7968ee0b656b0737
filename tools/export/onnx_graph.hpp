// OnnxGraph: an ONNX model as it is written, node by node (onnx.proto3; opset 17, IR 8), one input and one output of batch 1.
//
//   OnnxGraph graph{{1, 64}};
//   graph.initializer("0.weight", {32, 64}, numbers);
//   const std::string y = graph.node("Gemm", "/0", {"input", "0.weight"}, {{"transB", 1}});
//   replace_file("model.onnx", graph.bytes(y, {1, 32}));
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tools {

using Dims = std::vector<std::int64_t>;

// Fields of a message of protobuf, one behind the other.
class ProtobufMessage {
 public:
  ProtobufMessage& whole(int field, std::int64_t value);
  ProtobufMessage& real(int field, float value);
  ProtobufMessage& bytes(int field, const std::string& value);
  ProtobufMessage& message(int field, const ProtobufMessage& value);

  std::string content;

 private:
  void key(int field, unsigned type);
  void varint(std::uint64_t value);
};

class OnnxGraph {
 public:
  using Value = std::variant<std::int64_t, float, std::string, Dims, std::vector<std::string>>;
  struct Attribute {
    std::string name;
    Value value;
  };

  explicit OnnxGraph(const Dims& input);

  // Of float numbers, or of whole ones.
  std::string initializer(const std::string& name, const Dims& dims, const std::vector<float>& numbers);
  std::string initializer(const std::string& name, const Dims& dims, const Dims& numbers);

  // The name of its output `place` of as many; an input without a name is absent.
  std::string node(const std::string& type, const std::string& layer, const std::vector<std::string>& inputs,
                   const std::vector<Attribute>& attributes = {}, std::size_t place = 0, std::size_t outputs = 1);

  std::string bytes(const std::string& last, const Dims& output);

 private:
  std::string tensor(const std::string& name, const Dims& dims, int type, const std::string& raw);
  static ProtobufMessage attribute(const Attribute& one);
  static ProtobufMessage value_info(const std::string& name, const Dims& dims);
  void node_to_output(const std::string& last);

  ProtobufMessage graph;
  std::size_t count = 0;
};

}  // namespace tools
