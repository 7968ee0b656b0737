// FlatBuffers of unknown origin: tables, vectors and texts, each read only after it was seen to lie within the bytes.
// flatbuffers.dev/internals. Nothing here needs alignment.
//
//   table   distance back to its vtable, 4 bytes, signed; then its fields
//   vtable  its size in bytes, 2; the table's, 2; then of each field, by number, its offset in the table, 2; 0: absent
//   vector  number of elements, 4; then these. A field that holds a table, vector or text holds its distance ahead, 4.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "tools/data/failure.hpp"
#include "tools/data/text.hpp"

namespace tools::tflite {

using Bytes = std::span<const std::uint8_t>;

template <class T>
T little_endian(Bytes bytes) {
  if constexpr (std::is_same_v<T, float>) {
    return std::bit_cast<float>(little_endian<std::uint32_t>(bytes));
  } else {
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;) value = value << 8 | bytes[i];
    return static_cast<T>(value);
  }
}

struct Field {
  std::uint32_t number;
  const char* name;
};

// The bytes, with what failures say of them and how much may be copied from them.
class Flatbuffer {
 public:
  Flatbuffer(const std::string& name, Bytes content) : file{name}, bytes{content}, allowance{16 * content.size() + (1 << 20)} {}

  std::string place;  // what is being read, such as "tensor 3", or empty

  Failure refusal(const std::string& wrong, const std::string& expected) const {
    return failure(place.empty() ? file : file + ": " + place, wrong, expected);
  }
  Failure damage(const std::string& what) const { return refusal(what, "a whole, undamaged file"); }

  Bytes at(std::uint64_t offset, std::uint64_t size, const char* what) const {
    if (offset > bytes.size() || size > bytes.size() - offset)
      throw damage(text("the ", what, ", ", size, " bytes at ", offset, ", goes beyond the end, byte ", bytes.size()));
    return bytes.subspan(offset, size);
  }

  template <class T>
  T number(std::uint64_t offset, const char* what) const {
    return little_endian<T>(at(offset, sizeof(T), what));
  }

  // To be told of what is copied. Offsets may lead to the same bytes many times; this keeps a small file from filling memory.
  void copies(std::uint64_t size) {
    if (size > allowance) throw damage("refers to the same bytes so often that it takes over 16 times its size");
    allowance -= size;
  }

  // Where the offset stored at `from` leads.
  std::uint64_t target(std::uint64_t from, const char* what) const { return from + number<std::uint32_t>(from, what); }

 private:
  const std::string& file;
  Bytes bytes;
  std::uint64_t allowance;
};

class Table {
 public:
  Table(Flatbuffer& flatbuffer, std::uint64_t offset, const char* what) : source{&flatbuffer}, start{offset} {
    const std::int64_t away = static_cast<std::int64_t>(offset) - flatbuffer.number<std::int32_t>(offset, what);
    if (away < 0) throw flatbuffer.damage(text("the vtable of the ", what, " lies before the first byte"));
    const auto at = static_cast<std::uint64_t>(away);
    const auto size = flatbuffer.number<std::uint16_t>(at, what);
    const auto own_size = flatbuffer.number<std::uint16_t>(at + 2, what);
    if (size < 4 || own_size < 4) throw flatbuffer.damage(text("the vtable of the ", what, " has sizes below 4"));
    vtable = flatbuffer.at(at, size, what).subspan(4);
    content = flatbuffer.at(offset, own_size, what);
  }

  bool has(Field field) const { return offset(field) != 0; }

  template <class T>
  T number(Field field, T otherwise) const {
    const std::size_t from = offset(field);
    return from == 0 ? otherwise : little_endian<T>(stored(field, from, sizeof(T)));
  }

  std::optional<Table> table(Field field) const {
    const auto at = target(field);
    return at ? std::optional{Table{*source, *at, field.name}} : std::nullopt;
  }

  // The offset of each table of a vector, for element(). None where the vector is absent, as everywhere below.
  std::vector<std::uint64_t> elements(Field field) const {
    std::vector<std::uint64_t> offsets;
    if (const auto at = target(field)) {
      const std::size_t count = vector(field, 4).size() / 4;
      source->copies(count * sizeof(std::uint64_t));
      offsets.reserve(count);
      for (std::uint64_t i = 0; i < count; ++i) offsets.push_back(source->target(*at + 4 + 4 * i, field.name));
    }
    return offsets;
  }
  Table element(std::uint64_t offset, const char* what) const { return {*source, offset, what}; }

  template <class T>
  std::vector<T> numbers(Field field) const {
    const Bytes from = vector(field, sizeof(T));
    source->copies(from.size());
    if constexpr (sizeof(T) == 1) {
      return {from.begin(), from.end()};
    } else {
      std::vector<T> values;
      values.reserve(from.size() / sizeof(T));
      for (std::size_t i = 0; i < from.size(); i += sizeof(T)) values.push_back(little_endian<T>(from.subspan(i)));
      return values;
    }
  }

  std::string letters(Field field) const {
    const Bytes from = vector(field, 1);
    source->copies(from.size());
    return {from.begin(), from.end()};
  }

  // The elements' bytes, where they lie.
  Bytes vector(Field field, std::size_t element_size) const {
    const auto at = target(field);
    if (!at) return {};
    const std::uint64_t count = source->number<std::uint32_t>(*at, field.name);
    return source->at(*at + 4, count * element_size, field.name);
  }

 private:
  std::size_t offset(Field field) const {
    const std::size_t at = std::size_t{2} * field.number;
    return at + 2 <= vtable.size() ? little_endian<std::uint16_t>(vtable.subspan(at)) : 0;
  }

  Bytes stored(Field field, std::size_t from, std::size_t size) const {
    if (from < 4 || from > content.size() || size > content.size() - from)
      throw source->damage(text("the ", field.name, " lies outside its table"));
    return content.subspan(from);
  }

  std::optional<std::uint64_t> target(Field field) const {
    const std::size_t from = offset(field);
    if (from == 0) return std::nullopt;
    stored(field, from, 4);
    return source->target(start + from, field.name);
  }

  Flatbuffer* source;
  std::uint64_t start;
  Bytes vtable;   // without its two sizes
  Bytes content;  // the table
};

}  // namespace tools::tflite
