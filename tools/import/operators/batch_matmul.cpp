// BATCH_MATMUL: products of two matrices, either of which may be turned on its side; batches are repeated where one has the
// extent 1.
#include "nn/float32/batch_matmul.hpp"
#include "nn/int16/batch_matmul.hpp"
#include "nn/int8/batch_matmul.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/strided.hpp"
#include "tools/import/operators/weights.hpp"

namespace tools::importer {

namespace {

struct Side {
  int rows, columns;
  Shape batch;
};

// Input i as it is multiplied.
Side side(const Node& node, std::size_t i) {
  const Shape& shape = node.input(i).shape;
  if (shape.size() < 2 || shape.size() > 5) node.refuse(text(node.input_label(i), " has the shape ", shape), "2 to 5 dimensions");
  const int rows = shape[shape.size() - 2], columns = shape.back();
  const bool turned = node.flag(i == 0 ? "adj_x" : "adj_y");
  return {turned ? columns : rows, turned ? rows : columns, {shape.begin(), shape.end() - 2}};
}

void check(const Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {node.input().type});
  node.require_one_scale(0);
  node.require_one_scale(1);
  node.set_output_type({node.input().type});
  const Side a = side(node, 0), b = side(node, 1);
  if (a.columns != b.rows)
    node.refuse(text("multiplies ", a.rows, "x", a.columns, " by ", b.rows, "x", b.columns), "matrices that fit");
  Shape y = broadcast_shape(node, a.batch, b.batch);
  y.insert(y.end(), {a.rows, b.columns});
  node.set_output(y);
}

nn::graph::Matrices matrices(const Node& node) {
  const Side a = side(node, 0), b = side(node, 1);
  nn::graph::Matrices made{};
  made.rows = a.rows;
  made.columns = b.columns;
  made.depth = a.columns;
  const bool a_turned = node.flag("adj_x"), b_turned = node.flag("adj_y");
  made.a_row = a_turned ? 1 : a.columns;
  made.a_depth = a_turned ? a.rows : 1;
  made.b_depth = b_turned ? 1 : b.columns;
  made.b_column = b_turned ? b.rows : 1;
  const Shape& y = node.output().shape;
  std::ranges::copy(in_front<3>(node, {y.begin(), y.end() - 2}), made.batch);
  for (const Side* from : {&a, &b}) {
    const auto batch = in_front<3>(node, from->batch);
    std::int32_t step = from->rows * from->columns;
    for (std::size_t d = 3; d-- > 0; step *= batch[d]) (from == &a ? made.a_step : made.b_step)[d] = batch[d] == 1 ? 0 : step;
  }
  return made;
}

// The product of the inputs' scales is rounded to float first.
Scale product_scale(const Node& node) {
  return fixed_scale(static_cast<double>(scale(node.input(0)) * scale(node.input(1))) /
                     static_cast<double>(scale(node.output())));
}

void lower(Lowering& node) {
  const nn::graph::Matrices shape = matrices(node);
  if (node.input().type == Type::float32) return node.apply(nn::float32::BatchMatmul{.shape = shape}, {0, 1});
  if (node.input().type == Type::int16) {
    for (const Tensor* tensor : {&node.input(0), &node.input(1), &node.output()}) require_symmetric(node, *tensor);
    const Scale to = product_scale(node);
    node.require(to.shift < 8, "has an output of a very small scale", "sums that are multiplied by less than 128");
    return node.apply(nn::int16::BatchMatmul{.shape = shape, .scale = to, .range = whole_range(node.output())}, {0, 1});
  }
  require_sum(node, shape.depth);
  node.apply(nn::int8::BatchMatmul{.shape = shape,
                                   .a_zero = zero(node.input(0)),
                                   .b_zero = zero(node.input(1)),
                                   .scale = product_scale(node),
                                   .range = whole_range(node.output())},
             {0, 1});
}

const OperatorKind batch_matmul{
    {.name = "batch_matmul", .types = {Type::float32, Type::int8, Type::int16}, .check = check, .lower = lower}};

}  // namespace

}  // namespace tools::importer
