// FlatBuffers, written: a tree of tables becomes bytes, each parent before its children. So that tests need no file from
// elsewhere, and can make any that is wrong. flatbuffers.dev/internals; see tools/tflite/flatbuffer.hpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tools/tflite/flatbuffer.hpp"

namespace writer {

using Bytes = std::vector<std::uint8_t>;

template <class T>
void append(Bytes& to, T value) {
  std::uint8_t raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  if constexpr (std::endian::native == std::endian::big) std::reverse(raw, raw + sizeof(T));
  to.insert(to.end(), raw, raw + sizeof(T));
}

struct Table;

// A number within its table; or, behind it, a vector of numbers, a text, a table, a vector of tables.
struct Content {
  enum class Kind { number, numbers, table, tables } kind;
  Bytes raw;                  // of numbers
  std::uint32_t count = 0;    // of numbers
  std::vector<Table> tables;  // or the one
};

struct Table {
  std::map<std::uint32_t, Content> fields;

  template <class T>
    requires(std::is_arithmetic_v<T>)
  void set(tools::tflite::Field field, T value) {
    Content& to = fields[field.number] = {Content::Kind::number, {}, 0, {}};
    append(to.raw, value);
  }
  template <class T>
  void set(tools::tflite::Field field, const std::vector<T>& values) {
    Content& to = fields[field.number] = {Content::Kind::numbers, {}, static_cast<std::uint32_t>(values.size()), {}};
    for (T value : values) append(to.raw, value);
  }
  void set(tools::tflite::Field field, std::string_view text) {
    fields[field.number] = {Content::Kind::numbers, {text.begin(), text.end()}, static_cast<std::uint32_t>(text.size()), {}};
    fields[field.number].raw.push_back(0);
  }
  void set(tools::tflite::Field field, const Table& table) { fields[field.number] = {Content::Kind::table, {}, 0, {table}}; }
  void set(tools::tflite::Field field, const std::vector<Table>& tables) {
    fields[field.number] = {Content::Kind::tables, {}, 0, tables};
  }
  void erase(tools::tflite::Field field) { fields.erase(field.number); }

  std::vector<Table>& tables(tools::tflite::Field field) { return fields.at(field.number).tables; }
  Table& table(tools::tflite::Field field) { return tables(field)[0]; }
};

// Everything at multiples of 4 bytes, which is all the reader might ask for.
class File {
 public:
  File(const Table& root, std::string_view identifier) {
    append(bytes, std::uint32_t{0});
    bytes.insert(bytes.end(), identifier.begin(), identifier.end());
    point(0, write(root));
  }

  Bytes bytes;

 private:
  void align() {
    while (bytes.size() % 4 != 0) bytes.push_back(0);
  }

  template <class T>
  void put(std::size_t at, T value) {
    Bytes raw;
    append(raw, value);
    std::copy(raw.begin(), raw.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  }

  void point(std::size_t from, std::size_t to) { put(from, static_cast<std::uint32_t>(to - from)); }

  std::size_t write(const Table& table) {
    // The vtable, the table, then what the table leads to.
    align();
    const std::size_t vtable = bytes.size();
    const std::uint32_t count = table.fields.empty() ? 0 : table.fields.rbegin()->first + 1;
    bytes.resize(vtable + 4 + 2 * count);
    align();
    const std::size_t start = bytes.size();
    append(bytes, static_cast<std::int32_t>(start - vtable));
    std::map<std::uint32_t, std::size_t> places;
    for (const auto& [number, content] : table.fields) {
      align();
      places[number] = bytes.size();
      put(vtable + 4 + 2 * number, static_cast<std::uint16_t>(bytes.size() - start));
      if (content.kind == Content::Kind::number) bytes.insert(bytes.end(), content.raw.begin(), content.raw.end());
      else append(bytes, std::uint32_t{0});
    }
    align();
    put(vtable, static_cast<std::uint16_t>(4 + 2 * count));
    put(vtable + 2, static_cast<std::uint16_t>(bytes.size() - start));
    for (const auto& [number, content] : table.fields)
      if (content.kind != Content::Kind::number) point(places[number], write(content));
    return start;
  }

  std::size_t write(const Content& content) {
    if (content.kind == Content::Kind::table) return write(content.tables[0]);
    align();
    const std::size_t start = bytes.size();
    if (content.kind == Content::Kind::numbers) {
      append(bytes, content.count);
      bytes.insert(bytes.end(), content.raw.begin(), content.raw.end());
    } else {
      append(bytes, static_cast<std::uint32_t>(content.tables.size()));
      bytes.resize(bytes.size() + 4 * content.tables.size());
      for (std::size_t i = 0; i < content.tables.size(); ++i) point(start + 4 + 4 * i, write(content.tables[i]));
    }
    return start;
  }
};

}  // namespace writer
