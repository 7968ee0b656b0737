// The inputs and outputs of a model on its way through a Translation.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tools/data/failure.hpp"
#include "tools/import/limits.hpp"
#include "tools/import/node.hpp"
#include "tools/onnx/translation.hpp"

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

}  // namespace

// Rows of numbers are images where a window runs over them, at once or behind operators that leave each number in its place.
bool Translation::is_image(const std::string& name, std::size_t rank) const {
  if (rank != 3) return rank > 3;
  static const std::set<std::string, std::less<>> in_place{
      "Add", "Cast", "DequantizeLinear", "Div", "Dropout", "DynamicQuantizeLinear", "Identity",
      "Mul", "Pad",  "QuantizeLinear",   "Sub"};
  std::set<std::string> seen{name};
  std::vector<std::string> open{name};
  while (!open.empty()) {
    const auto found = readers.find(open.back());
    open.pop_back();
    if (found == readers.end()) continue;
    for (const std::size_t at : found->second) {
      const NodeData& node = file.graph.nodes[at];
      if (node.operation.find("Conv") != std::string::npos || node.operation.find("Pool") != std::string::npos ||
          node.operation == "BatchNormalization")
        return true;
      if (in_place.contains(node.operation) && !node.outputs.empty() && seen.insert(node.outputs[0]).second)
        open.push_back(node.outputs[0]);
    }
  }
  return false;
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

}  // namespace tools::onnx
