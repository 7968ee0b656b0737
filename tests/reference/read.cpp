// A .tflite file becomes a Model. The files are known to be whole (tests/tools/tflite.cpp and tests/fuzz are for others); what
// lies outside the bytes is an exception all the same.
#include <bit>
#include <cstring>

#include "schema.hpp"

namespace reference {

namespace {

class Bytes {
 public:
  explicit Bytes(const std::vector<std::uint8_t>& file) : bytes{file} {}

  template <class Number>
  Number number(std::size_t at) const {
    if (at + sizeof(Number) > bytes.size()) throw Unknown{"an offset outside the file"};
    Number value;
    std::memcpy(&value, &bytes[at], sizeof value);
    return value;
  }
  std::size_t target(std::size_t at) const { return at + number<std::uint32_t>(at); }

 private:
  const std::vector<std::uint8_t>& bytes;
};

struct Table {
  const Bytes& file;
  std::size_t start;

  std::size_t place(std::uint32_t slot) const {
    const auto vtable = static_cast<std::size_t>(static_cast<std::int64_t>(start) - file.number<std::int32_t>(start));
    if (4 + 2 * slot >= file.number<std::uint16_t>(vtable)) return 0;
    const auto offset = file.number<std::uint16_t>(vtable + 4 + 2 * slot);
    return offset == 0 ? 0 : start + offset;
  }
  template <class Number>
  Number number(std::uint32_t slot, Number otherwise) const {
    const std::size_t at = place(slot);
    return at == 0 ? otherwise : file.number<Number>(at);
  }
  template <class Number>
  std::vector<Number> numbers(std::uint32_t slot) const {
    std::vector<Number> all;
    const std::size_t at = place(slot);
    if (at == 0) return all;
    const std::size_t vector = file.target(at);
    const auto count = file.number<std::uint32_t>(vector);
    for (std::size_t i = 0; i < count; ++i) all.push_back(file.number<Number>(vector + 4 + i * sizeof(Number)));
    return all;
  }
  std::vector<Table> tables(std::uint32_t slot) const {
    std::vector<Table> all;
    const std::size_t at = place(slot);
    if (at == 0) return all;
    const std::size_t vector = file.target(at);
    const auto count = file.number<std::uint32_t>(vector);
    for (std::size_t i = 0; i < count; ++i) all.push_back({file, file.target(vector + 4 + 4 * i)});
    return all;
  }
  bool has(std::uint32_t slot) const { return place(slot) != 0; }
  Table table(std::uint32_t slot) const { return {file, file.target(place(slot))}; }
};

Tensor tensor(const Table& from, const std::vector<Table>& buffers) {
  Tensor to;
  to.shape = from.numbers<std::int32_t>(0);
  to.type = static_cast<Type>(from.number<std::int8_t>(1, 0));
  const auto buffer = from.number<std::uint32_t>(2, 0);
  if (buffer >= buffers.size()) throw Unknown{"a buffer outside the list"};
  to.data = buffers[buffer].numbers<std::uint8_t>(0);
  to.variable = from.number<std::uint8_t>(5, 0) != 0;
  if (from.has(4)) {
    const Table quantization = from.table(4);
    to.scale = quantization.numbers<float>(2);
    to.zero_point = quantization.numbers<std::int64_t>(3);
    to.dimension = quantization.number<std::int32_t>(6, 0);
    to.zero_point.resize(to.scale.size(), to.zero_point.empty() ? 0 : to.zero_point[0]);
  }
  return to;
}

void options(Operator& to, const schema::Row& row, const Table& from) {
  // Options of another kind are passed over, as the reference does.
  const bool given = from.has(4) && from.number<std::uint8_t>(3, 0) == row.options;
  for (const schema::Field& field : row.fields) {
    to.number[field.name] = field.otherwise;
    if (!given) continue;
    const Table table = from.table(4);
    switch (field.kind) {
      case schema::Kind::byte:
        to.number[field.name] = table.number<std::int8_t>(field.slot, 0);
        break;
      case schema::Kind::flag:
        to.number[field.name] = table.number<std::uint8_t>(field.slot, 0);
        break;
      case schema::Kind::word:
        to.number[field.name] = table.number<std::int32_t>(field.slot, static_cast<std::int32_t>(field.otherwise));
        break;
      case schema::Kind::real:
        to.number[field.name] = static_cast<double>(table.number<float>(field.slot, 0));
        break;
      case schema::Kind::list:
        to.list[field.name] = table.numbers<std::int32_t>(field.slot);
        break;
      case schema::Kind::text:
        for (std::uint8_t letter : table.numbers<std::uint8_t>(field.slot)) to.text += static_cast<char>(letter);
        break;
    }
  }
}

}  // namespace

Model read(const std::vector<std::uint8_t>& content) {
  static_assert(std::endian::native == std::endian::little);
  const Bytes file{content};
  const Table root{file, file.target(0)};
  std::vector<int> codes;
  for (const Table& code : root.tables(1)) {
    const int old = code.number<std::int8_t>(0, 0);
    codes.push_back(std::max(old, static_cast<int>(code.number<std::int32_t>(3, 0))));
  }
  const std::vector<Table> buffers = root.tables(4);
  Model model;
  for (const Table& from : root.tables(2)) {
    Graph& graph = model.graphs.emplace_back();
    for (const Table& each : from.tables(0)) graph.tensors.push_back(tensor(each, buffers));
    graph.inputs = from.numbers<std::int32_t>(1);
    graph.outputs = from.numbers<std::int32_t>(2);
    for (const Table& each : from.tables(3)) {
      const int code = codes.at(each.number<std::uint32_t>(0, 0));
      const schema::Row* const row = schema::find(code);
      if (row == nullptr) throw Unknown{"the operator " + std::to_string(code)};
      Operator& to = graph.operators.emplace_back();
      to.op = row->op;
      to.inputs = each.numbers<std::int32_t>(1);
      to.outputs = each.numbers<std::int32_t>(2);
      options(to, *row, each);
    }
  }
  return model;
}

}  // namespace reference
