// OnnxGraph: an ONNX model as it is written, node by node (onnx.proto3; opset 17, IR 8), one input and one output of batch 1.
//
//   OnnxGraph graph{{1, 64}};
//   graph.initializer("0.weight", {32, 64}, numbers);
//   const std::string y = graph.node("Gemm", "/0", {"input", "0.weight"}, {{"transB", 1}});
//   replace_file("model.onnx", graph.bytes(y, {1, 32}));
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "tools/data/little_endian.hpp"

namespace tools {

using Dims = std::vector<std::int64_t>;

// Fields of a message of protobuf, one behind the other.
class ProtobufMessage {
 public:
  ProtobufMessage& whole(int field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  ProtobufMessage& real(int field, float value) {
    key(field, 5);
    append_little_endian(content, std::bit_cast<std::uint32_t>(value), 4);
    return *this;
  }
  ProtobufMessage& bytes(int field, const std::string& value) {
    key(field, 2);
    varint(value.size());
    content += value;
    return *this;
  }
  ProtobufMessage& message(int field, const ProtobufMessage& value) { return bytes(field, value.content); }

  std::string content;

 private:
  void key(int field, unsigned type) { varint(static_cast<std::uint64_t>(field) << 3 | type); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) content += static_cast<char>((value & 0x7f) | 0x80);
    content += static_cast<char>(value);
  }
};

class OnnxGraph {
 public:
  using Value = std::variant<std::int64_t, float, std::string, Dims, std::vector<std::string>>;
  struct Attribute {
    std::string name;
    Value value;
  };

  explicit OnnxGraph(const Dims& input) { graph.message(11, value_info("input", input)); }

  // Of float numbers, or of whole ones.
  std::string initializer(const std::string& name, const Dims& dims, const std::vector<float>& numbers) {
    std::string raw;
    for (const float number : numbers) append_little_endian(raw, std::bit_cast<std::uint32_t>(number), 4);
    return tensor(name, dims, 1, raw);
  }
  std::string initializer(const std::string& name, const Dims& dims, const Dims& numbers) {
    std::string raw;
    for (const std::int64_t number : numbers) append_little_endian(raw, static_cast<std::uint64_t>(number), 8);
    return tensor(name, dims, 7, raw);
  }

  // The name of its output `place` of as many; an input without a name is absent.
  std::string node(const std::string& type, const std::string& layer, const std::vector<std::string>& inputs,
                   const std::vector<Attribute>& attributes = {}, std::size_t place = 0, std::size_t outputs = 1) {
    const std::string name = layer + "/" + type + "_" + std::to_string(count++);
    ProtobufMessage made;
    for (const std::string& input : inputs) made.bytes(1, input);
    for (std::size_t k = 0; k < outputs; ++k) made.bytes(2, k == place ? name + "_output" : "");
    made.bytes(3, name).bytes(4, type);
    for (const Attribute& one : attributes) made.message(5, attribute(one));
    graph.message(1, made);
    return name + "_output";
  }

  std::string bytes(const std::string& last, const Dims& output) {
    node_to_output(last);
    graph.bytes(2, "ganglion").message(12, value_info("output", output));
    ProtobufMessage opset, model;
    opset.bytes(1, "").whole(2, 17);
    return model.whole(1, 8).bytes(2, "ganglion").message(7, graph).message(8, opset).content;
  }

 private:
  std::string tensor(const std::string& name, const Dims& dims, int type, const std::string& raw) {
    ProtobufMessage made;
    for (const std::int64_t extent : dims) made.whole(1, extent);
    graph.message(5, made.whole(2, type).bytes(8, name).bytes(9, raw));
    return name;
  }

  static ProtobufMessage attribute(const Attribute& one) {
    ProtobufMessage made;
    made.bytes(1, one.name);
    const auto numbers = [&](const Dims& list) {
      for (const std::int64_t number : list) made.whole(8, number);
    };
    const auto names = [&](const std::vector<std::string>& list) {
      for (const std::string& name : list) made.bytes(9, name);
    };
    constexpr int types[]{2, 1, 3, 7, 8};  // INT, FLOAT, STRING, INTS, STRINGS
    if (const auto* whole = std::get_if<std::int64_t>(&one.value)) made.whole(3, *whole);
    if (const auto* real = std::get_if<float>(&one.value)) made.real(2, *real);
    if (const auto* text = std::get_if<std::string>(&one.value)) made.bytes(4, *text);
    if (const auto* list = std::get_if<Dims>(&one.value)) numbers(*list);
    if (const auto* list = std::get_if<std::vector<std::string>>(&one.value)) names(*list);
    return made.whole(20, types[one.value.index()]);
  }

  static ProtobufMessage value_info(const std::string& name, const Dims& dims) {
    ProtobufMessage shape, tensor_type, type, made;
    for (const std::int64_t extent : dims) shape.message(1, ProtobufMessage{}.whole(1, extent));
    tensor_type.whole(1, 1).message(2, shape);
    type.message(1, tensor_type);
    return made.bytes(1, name).message(2, type);
  }

  void node_to_output(const std::string& last) {
    ProtobufMessage made;
    graph.message(1, made.bytes(1, last).bytes(2, "output").bytes(3, "/output").bytes(4, "Identity"));
  }

  ProtobufMessage graph;
  std::size_t count = 0;
};

}  // namespace tools
