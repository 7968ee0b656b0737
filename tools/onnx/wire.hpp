// The wire format of protobuf (protobuf.dev/programming-guides/encoding), read within its bounds: a message is fields, each a key
// (number · 8 + wire type) and a value. Whatever is damaged ends in a Failure with the path of the field.
//
//   message.for_each([&](const Field& field) {
//     if (field.number == 1) name = field.text("name");
//     if (field.number == 7) read_graph(field.message("graph"));
//   });
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "tools/data/failure.hpp"
#include "tools/data/text.hpp"

namespace tools::onnx {

using Bytes = std::span<const std::uint8_t>;

class Message;

enum class WireType { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

// One field of a message. Asking it for another type than the one that it has is refused; `name` is what the definition calls it.
struct Field {
  const Message& of;
  std::uint32_t number;
  WireType type;
  std::uint64_t bits = 0;  // of a number
  Bytes content = {};      // of bytes

  std::int64_t whole(const std::string& name) const;
  float real(const std::string& name) const;
  std::string text(const std::string& name) const;
  Bytes bytes(const std::string& name) const;
  Message message(const std::string& name) const;

  // A field that occurs again and again, or once with all of its numbers packed: appends them.
  void add_to(std::vector<std::int64_t>& list, const std::string& name) const;
  void add_to(std::vector<float>& list, const std::string& name) const;
  void add_to(std::vector<std::uint64_t>& list, const std::string& name) const;

 private:
  void require(WireType wanted, const std::string& name) const;
};

class Message {
 public:
  // `path`: as "graph.node[3]"; empty for the file itself.
  Message(const std::string& name, std::string where, Bytes content) : file{name}, path{std::move(where)}, bytes{content} {}

  void for_each(auto take) const {
    for (std::size_t at = 0; at < bytes.size();) take(next(at));
  }

  std::string path_of(const std::string& name) const { return path.empty() ? name : path + "." + name; }
  Failure refusal(const std::string& wrong, const std::string& expected) const {
    return failure(path.empty() ? file : file + ": " + path, wrong, expected);
  }

  const std::string& file;
  std::string path;
  Bytes bytes;

 private:
  Field next(std::size_t& at) const;
};

// The varint at `at`, and moves on; false where it does not end within 10 bytes or the message, or has more than 64 bits.
bool read_varint(Bytes bytes, std::size_t& at, std::uint64_t& value);

}  // namespace tools::onnx
