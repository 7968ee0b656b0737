#include "tools/onnx/operators/dense.hpp"

#include <numeric>

namespace tools::onnx {

namespace {

// Which number of a row stands at place `at` of its layout.
std::size_t logical(const Layout& layout, std::size_t at) {
  std::size_t index = 0;
  for (std::size_t d = layout.size(); d-- > 0;) {
    const auto extent = static_cast<std::size_t>(layout[d].extent);
    index += at % extent * static_cast<std::size_t>(layout[d].stride);
    at /= extent;
  }
  return index;
}

}  // namespace

DenseRows dense_rows(const Node& node, const Value& x, std::size_t outputs) {
  const auto depth = static_cast<std::size_t>(x.shape.back());
  Value from = x;
  std::optional<Rows> rows = rows_of(x.layout, x.shape.back());
  if (!rows) {
    from.layout = natural(x.shape);
    from.tensor = node.in(x, in_order(x.shape.size()));
    rows = rows_of(from.layout, x.shape.back());
  }
  DenseRows made{.matrix = -1, .order = {}, .y = {.shape = x.shape, .type = x.type, .layout = {}}};
  for (std::size_t i = 0; i < depth; ++i) made.order.push_back(logical(rows->within, i));
  const auto count = static_cast<int>(x.count() / static_cast<std::int64_t>(depth));
  made.matrix = node.whole_graph.reshaped(node.index, from.tensor, {count, static_cast<int>(depth)});
  made.y.shape.back() = static_cast<int>(outputs);
  std::vector<Axis> axes;
  for (const Axis& axis : rows->rows) axes.push_back({axis.extent, axis.stride * static_cast<std::int64_t>(outputs)});
  axes.push_back({static_cast<std::int64_t>(outputs), 1});
  made.y.layout = joined(axes);
  return made;
}

Value dense(const Node& node, const Value& x, const std::vector<float>& weight, const std::vector<float>& bias,
            const std::string& activation) {
  const auto depth = static_cast<std::size_t>(x.shape.back());
  const std::size_t outputs = weight.size() / depth;
  DenseRows rows = dense_rows(node, x, outputs);
  std::vector<float> ordered;
  ordered.reserve(weight.size());
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i : rows.order) ordered.push_back(weight[o * depth + i]);
  rows.y.tensor = node.emit("fully_connected",
                            {rows.matrix, node.constant(ordered, {static_cast<int>(outputs), static_cast<int>(depth)}),
                             node.constant(bias, {static_cast<int>(outputs)})},
                            {{"activation", activation}});
  return rows.y;
}

Value turned(const Value& x) {
  Value made = x;
  Order permutation = in_order(x.shape.size());
  std::swap(permutation[x.shape.size() - 1], permutation[x.shape.size() - 2]);
  made.layout = transposed(x.layout, x.shape, permutation);
  std::swap(made.shape[x.shape.size() - 1], made.shape[x.shape.size() - 2]);
  return made;
}

Value product(const Node& node, const Value& a, const Value& b) {
  // As it stands in memory: in order, or on its side.
  struct Side {
    int tensor;
    bool on_its_side;
  };
  const auto side = [&](const Value& of) {
    const Value other = turned(of);
    if (of.layout != natural(of.shape) && other.layout == natural(other.shape))
      return Side{node.in(other, in_order(other.shape.size())), true};
    return Side{node.in(of, in_order(of.shape.size())), false};
  };
  const Side left = side(a), right = side(b);
  const int y = node.emit("batch_matmul", {left.tensor, right.tensor},
                          {{"adj_x", std::int64_t{left.on_its_side}}, {"adj_y", std::int64_t{right.on_its_side}}});
  const Shape shape = node.tensor(y).shape;
  return {.shape = shape, .type = a.type, .layout = natural(shape), .tensor = y};
}

}  // namespace tools::onnx
