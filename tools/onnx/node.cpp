#include "tools/onnx/node.hpp"

#include <algorithm>
#include <cmath>

#include "tools/import/node.hpp"
#include "tools/onnx/codes.hpp"

namespace tools::onnx {

using importer::in_quotes;

std::int64_t Node::opset() const { return whole_graph.file.opsets.at(data.domain); }

bool Node::has_output(std::size_t i) const {
  return i < data.outputs.size() && !data.outputs[i].empty() && whole_graph.reads(data.outputs[i]) > 0;
}

void Node::require_inputs(std::size_t least, std::size_t most) const {
  const std::size_t count = data.inputs.size();
  if (count < least || count > most)
    refuse(text("has ", count, " inputs"), least == most ? text(least) : text(least, " to ", most));
  for (std::size_t i = 0; i < least; ++i)
    if (!has(i)) refuse(text("lacks its input ", i), "a tensor");
}

const Value& Node::value(std::size_t i) const {
  if (!has(i)) refuse(text("lacks its input ", i), "a tensor");
  return *whole_graph.find(data.inputs[i]);
}

const Value& Node::input(std::size_t i) const {
  const Value& stated = value(i);
  if (stated.real) return stated;
  const std::string name = data.inputs[i] + " (float)";
  if (const Value* found = whole_graph.find(name)) return *found;
  Value made = stated;
  made.real = true;
  if (whole_graph.is_constant(stated.tensor))
    made.tensor = constant(real_numbers(tensor(stated.tensor)), tensor(stated.tensor).shape);
  else
    made.tensor = whole_graph.emit(index, "dequantize", {stated.tensor}, {}, {Type::float32})[0];
  whole_graph.define(name, made);
  return *whole_graph.find(name);
}

std::string Node::input_name(std::size_t i) const { return text("its input ", i, ", ", in_quotes(data.inputs[i]), ","); }

void Node::require_constant(std::size_t i) const {
  if (!is_constant(i)) refuse(input_name(i) + " is computed", "a constant");
}

void Node::require_type(std::size_t i, std::initializer_list<DataType> types) const {
  if (std::ranges::find(types, value(i).type) != types.end()) return;
  std::string list;
  for (DataType type : types) list += (list.empty() ? "" : " or ") + tools::onnx::name(type);
  refuse(input_name(i) + " is " + tools::onnx::name(value(i).type), list);
}

void Node::require_same_types() const {
  for (std::size_t i = 1; i < data.inputs.size(); ++i)
    if (has(i)) require_type(i, {value(0).type});
}

void Node::require_rank(std::size_t i, std::size_t least, std::size_t most) const {
  const std::size_t rank = value(i).shape.size();
  if (rank < least || rank > most)
    refuse(text(input_name(i), " has the shape ", value(i).shape),
           least == most ? text(least, " dimensions") : text(least, " to ", most, " dimensions"));
}

std::vector<std::int64_t> Node::integers(std::size_t i) const {
  require_constant(i);
  require_type(i, {DataType::int64, DataType::int32});
  if (value(i).tensor < 0) return {};
  const Value& of = value(i);
  return importer::whole_numbers(tensor(in(of, in_order(of.shape.size()))));
}

std::vector<float> Node::reals(std::size_t i) const {
  require_constant(i);
  const Value& of = input(i);
  if (of.tensor < 0) return {};
  if (of.type != DataType::float32) refuse(input_name(i) + " is " + tools::onnx::name(of.type), "float32");
  return importer::numbers<float>(tensor(in(of, in_order(of.shape.size()))));
}

float Node::real_input(std::size_t i) const {
  const std::vector<float> values = reals(i);
  if (values.size() != 1) refuse(text(input_name(i), " has ", values.size(), " numbers"), "one");
  return values[0];
}

int Node::in(const Value& of, const Order& by) const {
  Shape shape;
  for (std::size_t d : by) shape.push_back(of.shape[d]);
  return in(of, by, shape);
}

int Node::in(const Value& of, const Order& by, const Shape& shape) const {
  return whole_graph.arranged(index, of, layout_of(of.shape, by), shape);
}

Order Node::order(const Value& of) const { return order_of(of.layout, of.shape).value_or(in_order(of.shape.size())); }

int Node::emit(const std::string& kind, const std::vector<int>& inputs, Attributes attributes) const {
  return emit(kind, inputs, std::move(attributes), Type::unknown);
}

// Without a type of its own an output is like input 0, scale and all.
int Node::emit(const std::string& kind, const std::vector<int>& inputs, Attributes attributes, Type type) const {
  const importer::Tensor& first = tensor(inputs[0]);
  if (type == Type::unknown)
    return whole_graph.emit(index, kind, inputs, std::move(attributes), {first.type}, {first.quantization})[0];
  return whole_graph.emit(index, kind, inputs, std::move(attributes), {type})[0];
}

int Node::emit_codes(const std::string& kind, const std::vector<int>& inputs, Attributes attributes, Type type,
                     importer::Quantization of) const {
  return whole_graph.emit(index, kind, inputs, std::move(attributes), {type}, {std::move(of)})[0];
}

int Node::constant(const std::vector<std::int64_t>& values) const {
  std::vector<std::uint8_t> bytes;
  for (std::int64_t value : values)
    for (int shift = 0; shift < 32; shift += 8)
      bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
  return whole_graph.add_constant(Type::int32, {static_cast<int>(values.size())}, std::move(bytes));
}

int Node::constant(const std::vector<float>& values, const Shape& shape) const {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(float));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return whole_graph.add_constant(Type::float32, shape, std::move(bytes));
}

void Node::define(std::size_t i, const Value& made) const {
  if (i < data.outputs.size() && !output_name(i).empty()) whole_graph.define(output_name(i), made);
}

void Node::define(std::size_t i, const Shape& shape, const Order& by, int made) const {
  define(i, Value{.shape = shape, .type = value(0).type, .layout = layout_of(shape, by), .tensor = made});
}

void Node::define_like(const Value& like, int made, std::size_t i) const {
  Value copy = like;
  copy.tensor = made;
  define(i, copy);
}

const std::string& Node::output_name(std::size_t i) const {
  return (last == Translation::npos ? data : whole_graph.file.graph.nodes[last]).outputs[i];
}

std::size_t Node::next_index() const {
  if (data.outputs.empty()) return Translation::npos;
  for (std::size_t i = 1; i < data.outputs.size(); ++i)
    if (has_output(i)) return Translation::npos;
  const std::size_t found = whole_graph.sole_reader(output_name(0));
  if (found == Translation::npos || whole_graph.file.graph.nodes[found].outputs.size() != 1) return Translation::npos;
  return found;
}

const NodeData* Node::next() const {
  const std::size_t found = next_index();
  return found == Translation::npos ? nullptr : &whole_graph.file.graph.nodes[found];
}

void Node::absorb() {
  last = next_index();
  whole_graph.done.insert(last);
}

}  // namespace tools::onnx
