// ONNX models, written: the reverse of tools/onnx, for tests.
//
//   Message of a protobuf, field by field; then nodes, tensors and models as onnx.proto3 numbers their fields.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace onnx_writer {

class Message {
 public:
  Message& whole(int field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& real(int field, float value) {
    key(field, 5);
    append(&value, sizeof value);
    return *this;
  }
  Message& bytes(int field, const std::string& content) {
    key(field, 2);
    varint(content.size());
    text += content;
    return *this;
  }
  Message& message(int field, const Message& content) { return bytes(field, content.text); }
  Message& packed(int field, const std::vector<std::int64_t>& values) {
    Message list;
    for (std::int64_t value : values) list.varint(static_cast<std::uint64_t>(value));
    return message(field, list);
  }

  std::string text;

 private:
  void key(int field, unsigned type) { varint(static_cast<std::uint64_t>(field) << 3 | type); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) text.push_back(static_cast<char>(value | 0x80));
    text.push_back(static_cast<char>(value));
  }
  void append(const void* from, std::size_t size) { text.append(static_cast<const char*>(from), size); }
};

// How a tensor holds its numbers.
enum class Form { raw, packed, single };

inline Message tensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<float>& values,
                      Form form = Form::raw) {
  Message made;
  made.packed(1, shape).whole(2, 1).bytes(8, name);
  std::string content(values.size() * sizeof(float), '\0');
  if (!values.empty()) std::memcpy(content.data(), values.data(), content.size());
  if (form == Form::raw) made.bytes(9, content);
  if (form == Form::packed) made.bytes(4, content);
  if (form == Form::single)
    for (float value : values) made.real(4, value);
  return made;
}
inline Message tensor(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& values) {
  return Message{}.packed(1, shape).whole(2, 7).packed(7, values).bytes(8, name);
}

inline Message attribute(const std::string& name, std::int64_t value) {
  return Message{}.bytes(1, name).whole(3, value).whole(20, 2);
}
inline Message attribute(const std::string& name, float value) { return Message{}.bytes(1, name).real(2, value).whole(20, 1); }
inline Message attribute(const std::string& name, const std::string& value) {
  return Message{}.bytes(1, name).bytes(4, value).whole(20, 3);
}
inline Message attribute(const std::string& name, const std::vector<std::int64_t>& values) {
  return Message{}.bytes(1, name).packed(8, values).whole(20, 7);
}
inline Message attribute(const std::string& name, const std::vector<std::string>& values) {
  Message made = Message{}.bytes(1, name);
  for (const std::string& each : values) made.bytes(9, each);
  return made.whole(20, 8);
}

inline Message node(const std::string& operation, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                    const std::vector<Message>& attributes = {}) {
  Message made;
  for (const std::string& input : inputs) made.bytes(1, input);
  for (const std::string& output : outputs) made.bytes(2, output);
  made.bytes(4, operation);
  for (const Message& each : attributes) made.message(5, each);
  return made;
}

inline Message value(const std::string& name, const std::vector<std::int64_t>& shape, int type = 1) {
  Message extents;
  for (std::int64_t extent : shape) extents.message(1, Message{}.whole(1, extent));
  return Message{}.bytes(1, name).message(2, Message{}.message(1, Message{}.whole(1, type).message(2, extents)));
}

struct Model {
  std::vector<Message> nodes, initializers, inputs, outputs;
  std::int64_t opset = 13;

  std::string file() const {
    Message graph;
    for (const Message& each : nodes) graph.message(1, each);
    for (const Message& each : initializers) graph.message(5, each);
    for (const Message& each : inputs) graph.message(11, each);
    for (const Message& each : outputs) graph.message(12, each);
    return Message{}.whole(1, 7).message(7, graph).message(8, Message{}.whole(2, opset)).text;
  }
};

}  // namespace onnx_writer
