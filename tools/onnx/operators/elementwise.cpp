#include "tools/onnx/operators/elementwise.hpp"

#include <algorithm>

namespace tools::onnx {

Together together(const Node& node, const std::vector<Value>& values) {
  Together made{values[0], {}};
  const Value* reference = nullptr;  // whose layout the result has: the largest that is computed
  for (const Value& value : values) {
    node.require(value.tensor >= 0, "reads a tensor without numbers", "one with numbers");
    made.result.shape = broadcast_shape(node, made.result.shape, value.shape);
    const bool computed = value.tensor >= 0 && !node.whole_graph.is_constant(value.tensor);
    if (computed && (reference == nullptr || value.count() > reference->count())) reference = &value;
  }
  if (reference == nullptr) reference = &values[0];
  const Shape& y = made.result.shape;
  if (std::ranges::all_of(values, [&](const Value& value) { return value.shape == y; })) {
    made.result.layout = reference->layout;
    const Shape physical = node.tensor(reference->tensor).shape;
    for (const Value& value : values)
      made.tensors.push_back(node.whole_graph.arranged(node.index, value, reference->layout, physical));
    return made;
  }
  const std::size_t ahead = y.size() - reference->shape.size();
  Order order = in_order(ahead);
  for (std::size_t d : node.order(*reference)) order.push_back(ahead + d);
  made.result.layout = layout_of(y, order);
  for (const Value& value : values) {
    Value whole = value;
    whole.shape.insert(whole.shape.begin(), y.size() - value.shape.size(), 1);
    made.tensors.push_back(node.in(whole, order));
  }
  return made;
}

Value combined(const Node& node, const std::string& kind, const Value& a, const Value& b, Attributes attributes) {
  Together made = together(node, {a, b});
  made.result.tensor = node.emit(kind, made.tensors, std::move(attributes));
  return made.result;
}

Value applied(const Node& node, const std::string& kind, const Value& x, Attributes attributes) {
  Value made = x;
  made.tensor = node.emit(kind, {x.tensor}, std::move(attributes));
  return made;
}

Value constant_of(const Node& node, const std::vector<float>& values, const Shape& shape) {
  return {.shape = shape, .type = DataType::float32, .layout = natural(shape), .tensor = node.constant(values, shape)};
}

std::optional<Between> limits_of(const Node& node) {
  Between made;
  if (node.data.operation == "Relu") {
    made.least = 0;
    return made;
  }
  if (node.data.operation != "Clip") return std::nullopt;
  if (node.opset() < 11) {
    made.least = node.real("min", -std::numeric_limits<float>::max());
    made.most = node.real("max", std::numeric_limits<float>::max());
    return made;
  }
  for (std::size_t i = 1; i < 3; ++i) {
    if (!node.has(i)) continue;
    const Value* limit = node.whole_graph.find(node.data.inputs[i]);
    if (limit == nullptr || limit->type != DataType::float32 || !limit->real || !node.whole_graph.is_constant(limit->tensor) ||
        limit->count() != 1)
      return std::nullopt;
    (i == 1 ? made.least : made.most) = node.real_input(i);
  }
  return made;
}

namespace {

std::string named(const Between& limits) {
  constexpr float most = std::numeric_limits<float>::max();
  if (limits.least == 0 && limits.most >= most) return "relu";
  if (limits.least == 0 && limits.most == 6) return "relu6";
  if (limits.least == -1 && limits.most == 1) return "relu_n1_to_1";
  return "";
}

}  // namespace

std::string absorbed_activation(Node& node) {
  std::string word = "none";
  Between all;
  while (node.next() != nullptr && node.next()->domain.empty()) {
    const Node next{node.whole_graph, node.next_index()};
    if (next.data.inputs.empty() || next.data.inputs[0] != node.output_name(0)) return word;
    const std::optional<Between> limits = limits_of(next);
    if (!limits || limits->least > limits->most) return word;
    const Between both{std::clamp(all.least, limits->least, limits->most), std::clamp(all.most, limits->least, limits->most)};
    if (named(both).empty()) return word;
    next.ignore({"consumed_inputs"});
    next.require_known_attributes();
    node.absorb();
    word = named(both);
    all = both;
  }
  return word;
}

}  // namespace tools::onnx
