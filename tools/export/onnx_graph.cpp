#include "tools/export/onnx_graph.hpp"

#include <bit>

#include "tools/data/little_endian.hpp"

namespace tools {

ProtobufMessage& ProtobufMessage::whole(int field, std::int64_t value) {
  key(field, 0);
  varint(static_cast<std::uint64_t>(value));
  return *this;
}

ProtobufMessage& ProtobufMessage::real(int field, float value) {
  key(field, 5);
  append_little_endian(content, std::bit_cast<std::uint32_t>(value), 4);
  return *this;
}

ProtobufMessage& ProtobufMessage::bytes(int field, const std::string& value) {
  key(field, 2);
  varint(value.size());
  content += value;
  return *this;
}

ProtobufMessage& ProtobufMessage::message(int field, const ProtobufMessage& value) { return bytes(field, value.content); }

void ProtobufMessage::key(int field, unsigned type) { varint(static_cast<std::uint64_t>(field) << 3 | type); }

void ProtobufMessage::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) content += static_cast<char>((value & 0x7f) | 0x80);
  content += static_cast<char>(value);
}

OnnxGraph::OnnxGraph(const Dims& input) { graph.message(11, value_info("input", input)); }

std::string OnnxGraph::initializer(const std::string& name, const Dims& dims, const std::vector<float>& numbers) {
  std::string raw;
  for (const float number : numbers) append_little_endian(raw, std::bit_cast<std::uint32_t>(number), 4);
  return tensor(name, dims, 1, raw);
}

std::string OnnxGraph::initializer(const std::string& name, const Dims& dims, const Dims& numbers) {
  std::string raw;
  for (const std::int64_t number : numbers) append_little_endian(raw, static_cast<std::uint64_t>(number), 8);
  return tensor(name, dims, 7, raw);
}

std::string OnnxGraph::node(const std::string& type, const std::string& layer, const std::vector<std::string>& inputs,
                            const std::vector<Attribute>& attributes, std::size_t place, std::size_t outputs) {
  const std::string name = layer + "/" + type + "_" + std::to_string(count++);
  ProtobufMessage made;
  for (const std::string& input : inputs) made.bytes(1, input);
  for (std::size_t k = 0; k < outputs; ++k) made.bytes(2, k == place ? name + "_output" : "");
  made.bytes(3, name).bytes(4, type);
  for (const Attribute& one : attributes) made.message(5, attribute(one));
  graph.message(1, made);
  return name + "_output";
}

std::string OnnxGraph::bytes(const std::string& last, const Dims& output) {
  node_to_output(last);
  graph.bytes(2, "ganglion").message(12, value_info("output", output));
  ProtobufMessage opset, model;
  opset.bytes(1, "").whole(2, 17);
  return model.whole(1, 8).bytes(2, "ganglion").message(7, graph).message(8, opset).content;
}

std::string OnnxGraph::tensor(const std::string& name, const Dims& dims, int type, const std::string& raw) {
  ProtobufMessage made;
  for (const std::int64_t extent : dims) made.whole(1, extent);
  graph.message(5, made.whole(2, type).bytes(8, name).bytes(9, raw));
  return name;
}

ProtobufMessage OnnxGraph::attribute(const Attribute& one) {
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

ProtobufMessage OnnxGraph::value_info(const std::string& name, const Dims& dims) {
  ProtobufMessage shape, tensor_type, type, made;
  for (const std::int64_t extent : dims) shape.message(1, ProtobufMessage{}.whole(1, extent));
  tensor_type.whole(1, 1).message(2, shape);
  type.message(1, tensor_type);
  return made.bytes(1, name).message(2, type);
}

void OnnxGraph::node_to_output(const std::string& last) {
  ProtobufMessage made;
  graph.message(1, made.bytes(1, last).bytes(2, "output").bytes(3, "/output").bytes(4, "Identity"));
}

}  // namespace tools
