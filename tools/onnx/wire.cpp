#include "tools/onnx/wire.hpp"

#include <bit>

namespace tools::onnx {

namespace {

std::uint64_t little_endian(Bytes bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

const char* name(WireType type) {
  switch (type) {
    case WireType::varint:
      return "a varint";
    case WireType::fixed64:
      return "8 bytes";
    case WireType::bytes:
      return "bytes with a length";
    case WireType::fixed32:
      return "4 bytes";
  }
  return "";
}

}  // namespace

bool read_varint(Bytes bytes, std::size_t& at, std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    if (at >= bytes.size()) return false;
    const std::uint8_t byte = bytes[at++];
    if (shift == 63 && byte > 1) return false;
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

Field Message::next(std::size_t& at) const {
  const std::size_t begin = at;
  const auto damaged = [&](const std::string& wrong, const std::string& expected) {
    return refusal(tools::text("its byte ", begin, " begins a field that ", wrong), expected);
  };
  std::uint64_t key = 0;
  if (!read_varint(bytes, at, key)) throw damaged("has no whole key", "the number and wire type of a field");
  const std::uint64_t number = key >> 3;
  if (number == 0 || number >> 29 != 0) throw damaged(tools::text("has the number ", number), "1 to 536870911");
  Field field{*this, static_cast<std::uint32_t>(number), static_cast<WireType>(key & 7)};
  const std::size_t rest = bytes.size() - at;
  const auto fixed = [&](std::size_t size) {
    if (rest < size) throw damaged(tools::text("has ", rest, " bytes left"), tools::text(size));
    field.content = bytes.subspan(at, size);
    field.bits = little_endian(field.content);
    at += size;
  };
  switch (field.type) {
    case WireType::varint:
      if (!read_varint(bytes, at, field.bits)) throw damaged("has a varint without an end", "at most 10 bytes, 64 bits");
      return field;
    case WireType::fixed64:
      fixed(8);
      return field;
    case WireType::fixed32:
      fixed(4);
      return field;
    case WireType::bytes: {
      std::uint64_t length = 0;
      if (!read_varint(bytes, at, length)) throw damaged("has no whole length", "at most 10 bytes, 64 bits");
      if (length > bytes.size() - at)
        throw damaged(tools::text("claims ", length, " bytes"),
                      tools::text("at most ", bytes.size() - at, ", as many as are left"));
      field.content = bytes.subspan(at, static_cast<std::size_t>(length));
      at += field.content.size();
      return field;
    }
  }
  throw damaged(tools::text("has the wire type ", key & 7), "0, 1, 2 or 5");
}

void Field::require(WireType wanted, const std::string& name_of_field) const {
  if (type != wanted) throw of.refusal(tools::text("its field ", number, ", ", name_of_field, ", is ", name(type)), name(wanted));
}

std::int64_t Field::whole(const std::string& name_of_field) const {
  require(WireType::varint, name_of_field);
  return static_cast<std::int64_t>(bits);
}

float Field::real(const std::string& name_of_field) const {
  require(WireType::fixed32, name_of_field);
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

Bytes Field::bytes(const std::string& name_of_field) const {
  require(WireType::bytes, name_of_field);
  return content;
}

std::string Field::text(const std::string& name_of_field) const {
  const Bytes letters = bytes(name_of_field);
  return {letters.begin(), letters.end()};
}

Message Field::message(const std::string& name_of_field) const {
  return {of.file, of.path_of(name_of_field), bytes(name_of_field)};
}

void Field::add_to(std::vector<std::uint64_t>& list, const std::string& name_of_field) const {
  if (type == WireType::varint || type == WireType::fixed64) return list.push_back(bits);
  const Bytes packed = bytes(name_of_field);
  for (std::size_t at = 0; at < packed.size();) {
    std::uint64_t value = 0;
    if (!read_varint(packed, at, value)) throw of.refusal("its " + name_of_field + " ends within a varint", "whole varints");
    list.push_back(value);
  }
}

void Field::add_to(std::vector<std::int64_t>& list, const std::string& name_of_field) const {
  if (type == WireType::fixed64) require(WireType::varint, name_of_field);
  std::vector<std::uint64_t> values;
  add_to(values, name_of_field);
  for (std::uint64_t value : values) list.push_back(static_cast<std::int64_t>(value));
}

void Field::add_to(std::vector<float>& list, const std::string& name_of_field) const {
  if (type == WireType::fixed32) return list.push_back(real(name_of_field));
  const Bytes packed = bytes(name_of_field);
  if (packed.size() % 4 != 0)
    throw of.refusal(tools::text("its ", name_of_field, " has ", packed.size(), " bytes"), "4 for each number");
  for (std::size_t at = 0; at < packed.size(); at += 4)
    list.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(little_endian(packed.subspan(at, 4)))));
}

}  // namespace tools::onnx
