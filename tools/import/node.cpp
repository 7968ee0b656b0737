#include "tools/import/node.hpp"

#include <algorithm>
#include <cmath>

namespace tools::importer {

std::int64_t element_count(const Shape& shape) {
  std::int64_t elements = 1;
  for (int extent : shape) elements *= extent;
  return elements;
}

std::vector<std::int64_t> whole_numbers(const Tensor& tensor) {
  if (tensor.type == Type::int64) return numbers<std::int64_t>(tensor);
  const std::vector<std::int32_t> values = numbers<std::int32_t>(tensor);
  return {values.begin(), values.end()};
}

Failure Node::refusal(const std::string& wrong, const std::string& expected) const {
  return failure(model.file + ": " + label(op, index), wrong, expected);
}

std::int64_t Node::whole(std::string_view name, std::int64_t otherwise) const {
  const auto* found = op.attributes.find<std::int64_t>(name);
  return found == nullptr ? otherwise : *found;
}

std::int64_t Node::whole(std::string_view name, std::int64_t otherwise, std::int64_t least, std::int64_t most) const {
  const std::int64_t value = whole(name, otherwise);
  if (value < least || value > most) refuse(text("its ", name, " is ", value), text(least, " to ", most));
  return value;
}

float Node::real(std::string_view name, float otherwise) const {
  const auto* found = op.attributes.find<float>(name);
  if (found != nullptr && !std::isfinite(*found)) refuse(text("its ", name, " is not finite"), "a number");
  return found == nullptr ? otherwise : *found;
}

std::string Node::word(std::string_view name, std::string otherwise) const {
  const auto* found = op.attributes.find<std::string>(name);
  return found == nullptr ? otherwise : *found;
}

std::vector<std::int64_t> Node::list(std::string_view name) const {
  const auto* found = op.attributes.find<std::vector<std::int64_t>>(name);
  return found == nullptr ? std::vector<std::int64_t>{} : *found;
}

Activation Node::activation() const {
  const std::string fused = word("activation", "none");
  if (fused == "none") return Activation::none;
  if (fused == "relu") return Activation::relu;
  if (fused == "relu6") return Activation::relu6;
  if (fused == "relu_n1_to_1") return Activation::relu_n1_to_1;
  refuse("has the fused activation " + fused, "none, RELU, RELU_N1_TO_1 or RELU6");
}

int Node::size(std::string_view name, int otherwise) const { return static_cast<int>(whole(name, otherwise, 1, 65535)); }

std::size_t Node::axis(std::int64_t stated, std::size_t rank) const {
  const auto dimensions = static_cast<std::int64_t>(rank);
  if (stated < -dimensions || stated >= dimensions) refuse(text("has axis ", stated), text("one of ", rank, " dimensions"));
  return static_cast<std::size_t>(stated < 0 ? stated + dimensions : stated);
}

void Node::require_inputs(std::size_t least, std::size_t most, std::size_t outputs) const {
  const std::size_t count = op.inputs.size();
  if (count < least || count > most)
    refuse(text("has ", count, " inputs"), least == most ? text(least) : text(least, " to ", most));
  for (std::size_t i = 0; i < least; ++i)
    if (!has_input(i)) refuse(text("lacks its input ", i), "a tensor");
  if (op.outputs.size() != outputs) refuse(text("has ", op.outputs.size(), " outputs"), outputs == 1 ? "one" : text(outputs));
}

void Node::require_rank(std::size_t i, std::size_t rank) const {
  if (input(i).shape.size() != rank) refuse(text(input_label(i), " has the shape ", input(i).shape), text(rank, " dimensions"));
}

void Node::require_type(std::size_t i, std::initializer_list<Type> types) const {
  if (std::ranges::find(types, input(i).type) != types.end()) return;
  std::string list;
  for (Type type : types) list += text(list.empty() ? "" : " or ", name(type));
  refuse(text(input_label(i), " is ", name(input(i).type)), list);
}

void Node::require_one_scale(std::size_t i) const {
  const std::size_t scales = input(i).quantization.scale.size();
  if (scales > 1) refuse(text(input_label(i), " has ", scales, " scales"), "one");
}

void Node::require_constant(std::size_t i, const std::string& what) const {
  if (input(i).data.empty() || input(i).variable) refuse("has " + what + " that are computed", "constants");
}

std::vector<std::int64_t> Node::constant(std::size_t i) const {
  require_type(i, {Type::int32, Type::int64});
  if (input(i).data.empty() && element_count(input(i).shape) > 0) refuse(text(input_label(i), " is computed"), "a constant");
  return whole_numbers(input(i));
}

void Node::set_output_type(std::initializer_list<Type> types, std::size_t i) const {
  Tensor& to = model.tensor(op.outputs[i]);
  if (to.type == Type::unknown) to.type = *types.begin();
  if (std::ranges::find(types, to.type) == types.end())
    refuse(text("makes ", name(to.type), has_input(0) ? text(" of ", name(input(0).type)) : ""), name(*types.begin()));
}

void Node::set_output(const Shape& shape, std::size_t i) const {
  Tensor& to = model.tensor(op.outputs[i]);
  if (!to.shaped) to.shape = shape;
  to.shaped = true;
  if (to.shape != shape || std::ranges::any_of(shape, [](int each) { return each < 1; }))
    refuse(text("has an output of ", to.shape), text(shape, ", as follows from its inputs and attributes"));
}

int Node::extent(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1 << 30)); }

}  // namespace tools::importer
