#include "tools/onnx/translation.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/node.hpp"
#include "tools/onnx/last_step.hpp"
#include "tools/onnx/operator_kind.hpp"
#include "tools/onnx/parse.hpp"

namespace tools::onnx {

namespace {

using importer::in_quotes;

std::optional<Type> type_inside(DataType type) {
  switch (type) {
    case DataType::float32:
      return Type::float32;
    case DataType::int8:
      return Type::int8;
    case DataType::uint8:
      return Type::uint8;
    case DataType::int16:
      return Type::int16;
    case DataType::int32:
    case DataType::int64:
      return Type::int32;
    case DataType::boolean:
      return Type::boolean;
    default:
      return std::nullopt;
  }
}

bool needs_scale(Type type) { return type == Type::int8 || type == Type::uint8 || type == Type::int16; }

std::string spelled(const Layout& layout, const Shape& shape) {
  std::string key;
  for (const Axis& axis : layout) key += text(axis.extent, ":", axis.stride, " ");
  return key + text(shape);
}

}  // namespace

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

// Rows of numbers are images where a window runs over them.
bool Translation::is_image(const std::string& name, std::size_t rank) const {
  if (rank >= 4) return true;
  const auto found = readers.find(name);
  if (rank != 3 || found == readers.end()) return false;
  return std::ranges::any_of(found->second, [this](std::size_t node) {
    const std::string& operation = file.graph.nodes[node].operation;
    return operation.find("Conv") != std::string::npos || operation.find("Pool") != std::string::npos ||
           operation == "BatchNormalization";
  });
}

void Translation::add_inputs() {
  for (std::size_t i = 0; i < file.graph.inputs.size(); ++i) {
    const ValueInfo& info = file.graph.inputs[i];
    if (initializers.contains(info.name)) continue;  // of its default, which is taken
    const std::string place = text("graph.input[", i, "] ", in_quotes(info.name));
    if (!info.type) refuse(place, "has no type", "a tensor of numbers");
    if (!info.shape) refuse(place, "has no shape", "one, which the exporter can infer");
    const std::optional<Type> type = type_inside(*info.type);
    if (!type) refuse(place, "is " + tools::onnx::name(*info.type), "float32, int8, uint8, int16, int32, int64 or bool");
    Value made{.shape = {}, .type = *info.type, .layout = {}};
    std::size_t open = 0;
    if (info.shape->size() > 8) refuse(place, text("has ", info.shape->size(), " dimensions"), "at most 8");
    for (std::int64_t extent : *info.shape) {
      if (extent == -1) {
        model.notes.push_back(text("input ", in_quotes(info.name), " leaves dimension ", made.shape.size(), " open: 1 is taken"));
        ++open;
        extent = 1;
      }
      if (extent < 1 || extent > 1 << 28) refuse(place, text("has the extent ", extent), "1 to 2^28");
      made.shape.push_back(static_cast<int>(extent));
      if (made.count() > importer::most_tensor_bytes)
        refuse(place, text("has the shape ", made.shape), text("at most ", importer::most_tensor_bytes, " numbers"));
    }
    if (open > 1) refuse(place, text("leaves ", open, " dimensions open"), "one, the batch; an exporter can fix the others");
    const bool rotated = settings.channels_last && is_image(info.name, made.shape.size());
    const Order order = rotated ? channels_last(made.shape.size()) : in_order(made.shape.size());
    made.layout = layout_of(made.shape, order);
    made.tensor = add_computed(*type, info.name);
    importer::Tensor& tensor = model.tensor(made.tensor);
    tensor.shaped = true;
    for (std::size_t d : order) tensor.shape.push_back(made.shape[d]);
    if (needs_scale(*type)) tensor.quantization = {{1.0f}, {0}, 0};
    tensor.outside.wide = *info.type == DataType::int64;
    if (rotated) tensor.outside = {tensor.outside.wide, made.shape, {order.begin(), order.end()}};
    if (made.shape.size() >= 3 && is_image(info.name, made.shape.size()))
      model.notes.push_back(text("input ", model.inputs.size(), " is ", tensor.shape,
                                 rotated ? ", channels last" : ", channels first, as in the file"));
    model.inputs.push_back(made.tensor);
    if (values.contains(info.name)) refuse(place, "is there twice", "a name of its own");
    define(info.name, made);
  }
}

void Translation::add_outputs() {
  for (std::size_t i = 0; i < file.graph.outputs.size(); ++i) {
    const ValueInfo& info = file.graph.outputs[i];
    const std::string place = text("graph.output[", i, "] ", in_quotes(info.name));
    if (!find(info.name)) refuse(place, "is made by no node", "the output of one");
    const Value value = *find(info.name);
    if (info.type && *info.type != value.type && value.real)
      refuse(place, "is said to be " + tools::onnx::name(*info.type), tools::onnx::name(value.type) + ", which the graph makes");
    if (info.shape) {
      bool same = info.shape->size() == value.shape.size();
      for (std::size_t d = 0; same && d < value.shape.size(); ++d)
        same = (*info.shape)[d] < 0 || (*info.shape)[d] == value.shape[d];
      Shape said;
      for (std::int64_t extent : *info.shape) said.push_back(static_cast<int>(std::clamp<std::int64_t>(extent, -1, 1 << 30)));
      if (!same) refuse(place, text("is said to be ", said), text(value.shape, ", which the graph makes"));
    }
    const std::size_t node = writer(info.name);
    const bool rotated = settings.channels_last && value.shape.size() >= 3 && value.layout != natural(value.shape) &&
                         order_of(value.layout, value.shape) == channels_last(value.shape.size());
    const Order order = rotated ? channels_last(value.shape.size()) : in_order(value.shape.size());
    Shape shape;
    for (std::size_t d : order) shape.push_back(value.shape[d]);
    int tensor = arranged(node, finished(node, value), layout_of(value.shape, order), shape);
    if (std::ranges::find(model.inputs, tensor) != model.inputs.end() ||
        std::ranges::find(model.outputs, tensor) != model.outputs.end())
      tensor = emit(node, "reshape", {tensor}, {{"new_shape", std::vector<std::int64_t>{shape.begin(), shape.end()}}},
                    {model.tensor(tensor).type}, {model.tensor(tensor).quantization})[0];
    importer::Tensor& made = model.tensor(tensor);
    made.outside.wide = value.type == DataType::int64;
    if (rotated) made.outside = {made.outside.wide, value.shape, {order.begin(), order.end()}};
    if (shape.size() >= 4)
      model.notes.push_back(text("output ", i, " is ", shape, rotated ? ", channels last" : ", channels first, as in the file"));
    model.outputs.push_back(tensor);
  }
}

// As it leaves the model: real numbers for codes that stand for them, uint8 where it was that.
Value Translation::finished(std::size_t node, const Value& value) {
  Value made = value;
  if (!value.real) {
    made.tensor = emit(node, "dequantize", {value.tensor}, {}, {Type::float32})[0];
    made.real = true;
  } else if (value.type == DataType::uint8 && value.tensor >= 0 && model.tensor(value.tensor).type == Type::int8) {
    importer::Quantization of = model.tensor(value.tensor).quantization;
    of.zero_point[0] += 128;
    made.tensor = emit(node, "quantize", {value.tensor}, {}, {Type::uint8}, {of})[0];
  }
  return made;
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
  return std::move(model);
}

}  // namespace tools::onnx
