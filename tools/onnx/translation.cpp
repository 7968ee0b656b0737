#include "tools/onnx/translation.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/node.hpp"
#include "tools/onnx/between_codes.hpp"
#include "tools/onnx/last_step.hpp"
#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

using importer::in_quotes;

std::string spelled(const Layout& layout, const Shape& shape) {
  std::string key;
  for (const Axis& axis : layout) key += text(axis.extent, ":", axis.stride, " ");
  return key + text(shape);
}

}  // namespace

bool needs_scale(Type type) { return type == Type::int8 || type == Type::uint8 || type == Type::int16; }

std::int64_t Value::count() const { return importer::element_count(shape); }

Translation::Translation(const File& from, const Settings& by) : file{from}, settings{by} {
  model.file = file.name;
  model.rounding = importer::Rounding::float32;
  for (const TensorData& data : file.graph.initializers)
    if (!initializers.emplace(data.name, &data).second)
      refuse("graph", "has two initializers named " + in_quotes(data.name), "one");
  for (std::size_t i = 0; i < file.graph.nodes.size(); ++i)
    for (const std::string& output : file.graph.nodes[i].outputs) {
      if (output.empty()) continue;
      if (initializers.contains(output) || !writers.emplace(output, i).second)
        refuse(label(i), "makes " + in_quotes(output) + ", which there is already", "a name of its own");
    }
  for (const ValueInfo& output : file.graph.outputs) outputs.insert(output.name);
  find_useful();
}

std::string Translation::label(std::size_t node) const {
  const NodeData& data = file.graph.nodes[node];
  const std::string operation = in_quotes(data.operation);
  return text("node ", node, " ", operation.substr(1, operation.size() - 2), data.name.empty() ? "" : " " + in_quotes(data.name));
}

void Translation::refuse(const std::string& place, const std::string& wrong, const std::string& expected) const {
  throw failure(file.name + ": " + place, wrong, expected);
}

void Translation::find_useful() {
  const std::size_t count = file.graph.nodes.size();
  used.assign(count, false);
  std::vector<std::size_t> open;
  const auto need = [&](const std::string& name) {
    const auto found = writers.find(name);
    if (found == writers.end() || used[found->second]) return;
    used[found->second] = true;
    open.push_back(found->second);
  };
  for (const ValueInfo& output : file.graph.outputs) need(output.name);
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::string& input : file.graph.nodes[at].inputs) need(input);
  }
  for (std::size_t i = 0; i < count; ++i)
    for (const std::string& input : file.graph.nodes[i].inputs)
      if (used[i]) readers[input].push_back(i);
}

const Value* Translation::find(const std::string& name) {
  if (const auto found = values.find(name); found != values.end()) return &found->second;
  const auto stored = initializers.find(name);
  if (stored == initializers.end()) return nullptr;
  define(name, constant_value(*this, *stored->second));
  return &values.at(name);
}

void Translation::define(const std::string& name, Value value) {
  if (value.tensor >= 0 && model.tensor(value.tensor).name.empty()) model.tensor(value.tensor).name = name;
  values.insert_or_assign(name, std::move(value));
}

std::size_t Translation::reads(const std::string& name) const {
  const auto found = readers.find(name);
  return (found == readers.end() ? 0 : found->second.size()) + (outputs.contains(name) ? 1 : 0);
}

std::size_t Translation::sole_reader(const std::string& name) const {
  return reads(name) == 1 && !outputs.contains(name) ? readers.at(name)[0] : npos;
}

std::size_t Translation::writer(const std::string& name) const {
  const auto found = writers.find(name);
  return found == writers.end() ? npos : found->second;
}

bool Translation::is_output(const std::string& name) const { return outputs.contains(name); }

int Translation::add_constant(Type type, Shape shape, std::vector<std::uint8_t> bytes, const std::string& name) {
  made_bytes += static_cast<std::int64_t>(bytes.size());
  if (made_bytes > importer::most_bytes)
    refuse("graph", text("has constants of more than ", importer::most_bytes, " bytes"), "fewer");
  importer::Tensor tensor{.name = name, .type = type, .shape = std::move(shape), .quantization = {}, .data = std::move(bytes)};
  if (needs_scale(type)) tensor.quantization = {{1.0f}, {0}, 0};
  model.tensors.push_back(std::move(tensor));
  return static_cast<int>(model.tensors.size()) - 1;
}

int Translation::add_computed(Type type, const std::string& name) {
  importer::Tensor tensor{
      .name = name, .type = type, .shape = {}, .quantization = {}, .data = {}, .variable = false, .shaped = false};
  model.tensors.push_back(std::move(tensor));
  return static_cast<int>(model.tensors.size()) - 1;
}

std::vector<int> Translation::emit(std::size_t node, const std::string& kind, const std::vector<int>& inputs,
                                   Attributes attributes, const std::vector<Type>& types,
                                   const std::vector<std::optional<importer::Quantization>>& codes) {
  importer::Operator op{
      .kind = kind, .name = node == npos ? "Transpose" : file.graph.nodes[node].operation, .inputs = inputs, .outputs = {}};
  op.attributes = std::move(attributes);
  op.place = node == npos ? "graph" : label(node);
  for (std::size_t i = 0; i < types.size(); ++i) {
    op.outputs.push_back(add_computed(types[i], ""));
    if (i < codes.size() && codes[i])
      model.tensors.back().quantization = *codes[i];
    else if (needs_scale(types[i]))
      model.tensors.back().quantization = {{1.0f}, {0}, 0};
  }
  const std::vector<int> made = op.outputs;
  model.operators.push_back(std::move(op));
  importer::check_operator(model, model.operators.size() - 1);
  for (int tensor : made)
    if (importer::element_count(model.tensor(tensor).shape) * importer::bytes_of(model.tensor(tensor).type) >
        importer::most_tensor_bytes)
      refuse(label(node), text("makes ", model.tensor(tensor).shape), text("at most ", importer::most_tensor_bytes, " bytes"));
  if (std::ranges::all_of(made, [this](int tensor) { return is_constant(tensor); })) {
    for (int tensor : made) made_bytes += static_cast<std::int64_t>(model.tensor(tensor).data.size());
    if (made_bytes > importer::most_bytes)
      refuse("graph", text("makes constants of more than ", importer::most_bytes, " bytes"), "fewer");
    model.operators.pop_back();
  }
  return made;
}

int Translation::reshaped(std::size_t node, int tensor, const Shape& shape) {
  if (model.tensor(tensor).shape == shape) return tensor;
  const auto key = std::pair{tensor, text("as ", shape)};
  if (const auto found = moved.find(key); found != moved.end()) return found->second;
  const std::vector<std::int64_t> wanted{shape.begin(), shape.end()};
  return moved[key] = emit(node, "reshape", {tensor}, {{"new_shape", wanted}}, {model.tensor(tensor).type},
                           {model.tensor(tensor).quantization})[0];
}

int Translation::arranged(std::size_t node, const Value& value, const Layout& layout, const Shape& shape) {
  const std::string place = node == npos ? "graph" : label(node);
  if (value.tensor < 0) refuse(place, "reads a tensor without numbers", "one with numbers");
  if (value.layout == layout) return reshaped(node, value.tensor, shape);
  const auto key = std::pair{value.tensor, spelled(layout, shape)};
  if (const auto found = moved.find(key); found != moved.end()) return found->second;
  const std::optional<Move> by = move(value.layout, layout);
  if (!by) {
    Value between = value;
    between.layout = natural(value.shape);
    between.tensor = arranged(node, value, between.layout, value.shape);
    return moved[key] = arranged(node, between, layout, shape);
  }
  const int from = reshaped(node, value.tensor, by->shape);
  std::vector<std::uint8_t> bytes;
  for (std::int64_t d : by->permutation) bytes.insert(bytes.end(), {static_cast<std::uint8_t>(d), 0, 0, 0});
  const int permutation = add_constant(Type::int32, {static_cast<int>(by->permutation.size())}, std::move(bytes));
  const int made =
      emit(node, "transpose", {from, permutation}, {}, {model.tensor(from).type}, {model.tensor(from).quantization})[0];
  return moved[key] = reshaped(node, made, shape);
}

void Translation::translate(std::size_t at) {
  const NodeData& data = file.graph.nodes[at];
  for (const auto& [name, attribute] : data.attributes)
    if (attribute.kind == AttributeKind::graph)
      refuse(label(at), "is control flow: its " + in_quotes(name) + " is a graph", "operators alone");
  const OperatorKind* kind = OperatorKind::find(data.domain, data.operation);
  if (kind == nullptr)
    refuse(label(at), "is not supported" + (data.domain.empty() ? "" : ", of the domain " + in_quotes(data.domain)),
           file.opsets.contains(data.domain) && !OperatorKind::names(data.domain).empty() ? OperatorKind::names(data.domain)
                                                                                          : OperatorKind::names(""));
  if (!file.opsets.contains(data.domain))
    refuse(label(at), "is of the domain " + in_quotes(data.domain) + ", which is not imported", "an opset_import for it");
  for (const std::string& input : data.inputs) {
    if (input.empty() || find(input) != nullptr) continue;
    refuse(label(at),
           "reads " + in_quotes(input) + (writers.contains(input) ? ", which is made by a later node" : ", which nothing makes"),
           writers.contains(input) ? "nodes in the order in which they run" : "an input, an initializer or the output of a node");
  }
  Node node{*this, at};
  kind->translate(node);
  node.require_known_attributes();
}

void Translation::remove_unread() {
  std::set<int> read{model.outputs.begin(), model.outputs.end()};
  std::vector<importer::Operator> kept;
  for (std::size_t i = model.operators.size(); i-- > 0;) {
    importer::Operator& op = model.operators[i];
    if (std::ranges::none_of(op.outputs, [&](int output) { return read.contains(output); })) continue;
    read.insert(op.inputs.begin(), op.inputs.end());
    kept.push_back(std::move(op));
  }
  std::ranges::reverse(kept);
  model.operators = std::move(kept);
}

Model Translation::run() {
  if (file.graph.outputs.empty()) refuse("graph", "has no outputs", "at least one");
  add_inputs();
  for (std::size_t i = 0; i < file.graph.nodes.size(); ++i)
    if (used[i] && !done.contains(i)) translate(i);
  add_outputs();
  remove_unread();
  make_last_steps_alone(model);
  remove_unread();
  note_layers_between_codes(model, float_on_desktop);
  return std::move(model);
}

}  // namespace tools::onnx
