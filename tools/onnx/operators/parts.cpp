#include "tools/onnx/operators/parts.hpp"

#include <algorithm>

namespace tools::onnx {

std::size_t place_of(const Order& order, std::size_t dimension) {
  return static_cast<std::size_t>(std::ranges::find(order, dimension) - order.begin());
}

std::vector<Part> whole_parts(const Value& x) {
  std::vector<Part> parts;
  for (int extent : x.shape) parts.push_back({0, extent, 1});
  return parts;
}

Value part_of(const Node& node, const Value& x, const std::vector<Part>& parts) {
  const Order order = node.order(x);
  std::vector<std::int64_t> begins, ends, steps;
  Value made = x;
  bool all = true;
  for (std::size_t d : order) {
    const Part& part = parts[d];
    all = all && part.begin == 0 && part.count == x.shape[d] && part.step == 1;
    begins.push_back(part.begin);
    const std::int64_t end = part.begin + part.count * part.step;
    ends.push_back(end < 0 ? std::numeric_limits<std::int32_t>::min() : end);
    steps.push_back(part.step);
    made.shape[d] = static_cast<int>(part.count);
  }
  if (all) return x;
  made.tensor = node.emit("strided_slice", {node.in(x, order), node.constant(begins), node.constant(ends), node.constant(steps)});
  made.layout = layout_of(made.shape, order);
  return made;
}

Value joined_values(const Node& node, const std::vector<Value>& all, std::int64_t stated) {
  const std::size_t rank = all[0].shape.size(), axis = node.axis(stated, rank);
  std::vector<Value> parts;
  for (const Value& part : all) {
    if (part.shape.size() != rank) node.refuse(text("joins ", all[0].shape, " and ", part.shape), "as many dimensions");
    if (part.tensor >= 0) parts.push_back(part);
  }
  if (parts.empty()) return all[0];
  const Value* reference = &parts[0];
  for (const Value& part : parts)
    if (node.whole_graph.is_constant(reference->tensor) && !node.whole_graph.is_constant(part.tensor)) reference = &part;
  const Order order = node.order(*reference);
  Value made = parts[0];
  made.shape[axis] = 0;
  std::vector<int> tensors;
  for (const Value& part : parts) {
    Shape same = part.shape;
    same[axis] = made.shape[axis];
    if (same != made.shape)
      node.refuse(text("joins ", parts[0].shape, " and ", part.shape, " along dimension ", axis),
                  "shapes that are equal but for that");
    made.shape[axis] += part.shape[axis];
    tensors.push_back(node.in(part, order));
  }
  made.layout = layout_of(made.shape, order);
  made.tensor = node.emit("concatenation", tensors, {{"axis", static_cast<std::int64_t>(place_of(order, axis))}});
  return made;
}

}  // namespace tools::onnx
