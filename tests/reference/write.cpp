// A Model becomes a .tflite file.
#include <algorithm>

#include "flatbuffer_writer.hpp"
#include "schema.hpp"

namespace reference {

namespace {

tools::tflite::Field slot(std::uint32_t number) { return {number, ""}; }

writer::Table tensor(const Tensor& from, std::size_t index, std::vector<writer::Table>& buffers) {
  writer::Table to;
  to.set(slot(0), from.shape);
  to.set(slot(1), static_cast<std::int8_t>(from.type));
  to.set(slot(3), std::string_view{std::to_string(index)});
  if (from.variable) to.set(slot(5), std::uint8_t{1});
  if (!from.scale.empty()) {
    writer::Table quantization;
    quantization.set(slot(2), from.scale);
    quantization.set(slot(3), from.zero_point);
    quantization.set(slot(6), from.dimension);
    to.set(slot(4), quantization);
  }
  if (!from.data.empty()) {
    to.set(slot(2), static_cast<std::uint32_t>(buffers.size()));
    buffers.emplace_back().set(slot(0), from.data);
  }
  return to;
}

writer::Table options(const Operator& from, const schema::Row& row) {
  writer::Table to;
  for (const schema::Field& field : row.fields) {
    const auto found = from.number.find(field.name);
    const double value = found == from.number.end() ? field.otherwise : found->second;
    switch (field.kind) {
      case schema::Kind::byte:
        to.set(slot(field.slot), static_cast<std::int8_t>(value));
        break;
      case schema::Kind::flag:
        to.set(slot(field.slot), static_cast<std::uint8_t>(value));
        break;
      case schema::Kind::word:
        to.set(slot(field.slot), static_cast<std::int32_t>(value));
        break;
      case schema::Kind::real:
        to.set(slot(field.slot), static_cast<float>(value));
        break;
      case schema::Kind::list:
        if (const auto list = from.list.find(field.name); list != from.list.end()) to.set(slot(field.slot), list->second);
        break;
      case schema::Kind::text:
        to.set(slot(field.slot), std::string_view{field.name == std::string_view{"shared_name"} ? from.text : ""});
        break;
    }
  }
  return to;
}

}  // namespace

std::vector<std::uint8_t> write(const Model& model) {
  std::vector<writer::Table> buffers(1), codes, graphs;
  for (const Graph& graph : model.graphs) {
    std::vector<writer::Table> tensors, operators;
    for (std::size_t i = 0; i < graph.tensors.size(); ++i) tensors.push_back(tensor(graph.tensors[i], i, buffers));
    for (const Operator& from : graph.operators) {
      const schema::Row& row = schema::row(from.op);
      writer::Table& to = operators.emplace_back();
      to.set(slot(0), static_cast<std::uint32_t>(codes.size()));
      to.set(slot(1), from.inputs);
      to.set(slot(2), from.outputs);
      if (row.options != 0) {
        to.set(slot(3), static_cast<std::uint8_t>(row.options));
        to.set(slot(4), options(from, row));
      }
      writer::Table& code = codes.emplace_back();
      code.set(slot(0), static_cast<std::int8_t>(std::min(static_cast<int>(from.op), 127)));
      code.set(slot(3), static_cast<std::int32_t>(from.op));
    }
    writer::Table& to = graphs.emplace_back();
    to.set(slot(0), tensors);
    to.set(slot(1), graph.inputs);
    to.set(slot(2), graph.outputs);
    to.set(slot(3), operators);
  }
  writer::Table root;
  root.set(slot(0), std::uint32_t{3});
  root.set(slot(1), codes);
  root.set(slot(2), graphs);
  root.set(slot(4), buffers);
  return writer::File{root, "TFL3"}.bytes;
}

}  // namespace reference
