// RESHAPE, SQUEEZE and EXPAND_DIMS: nothing moves, the output is the input.
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

Shape without_ones(Shape shape) {
  std::erase(shape, 1);
  return shape;
}

// Of shapes that are stated, -1 once stands for what is left.
Shape asked(const Node& node, const std::vector<std::int64_t>& stated) {
  std::int64_t others = 1;
  for (std::int64_t extent : stated) others *= extent == -1 ? 1 : Node::extent(extent);
  Shape y;
  for (std::int64_t extent : stated)
    y.push_back(Node::extent(extent == -1 && others > 0 ? element_count(node.input().shape) / others : extent));
  return y;
}

void check_elements(const Node& node) {
  node.require_inputs(1, 2);
  node.set_output_type({node.input().type});
}

void require_same_elements(const Node& node) {
  if (element_count(node.input().shape) != element_count(node.output().shape))
    node.refuse(text("makes ", node.output().shape, " of ", node.input().shape), "as many elements");
}

void check_reshape(const Node& node) {
  check_elements(node);
  const bool has_constant = node.has_input(1) && !node.input(1).data.empty();
  std::vector<std::int64_t> stated = has_constant ? node.constant(1) : node.list("new_shape");
  if (!node.output().shaped) node.set_output(asked(node, stated));
  require_same_elements(node);
  if (!has_constant) return;
  const auto fits = [](std::int64_t wanted, int extent) { return wanted == extent || wanted == -1; };
  const Shape& y = node.output().shape;
  if (!std::equal(stated.begin(), stated.end(), y.begin(), y.end(), fits) || std::ranges::count(stated, -1) > 1)
    node.refuse(text("has an output of ", y), text("the shape that ", node.input_label(1), " asks for"));
}

// Extents of 1 come or go.
void check_ones(const Node& node) {
  check_elements(node);
  require_same_elements(node);
  if (without_ones(node.input().shape) != without_ones(node.output().shape))
    node.refuse(text("makes ", node.output().shape, " of ", node.input().shape), "the same, but for extents of 1");
}

std::vector<std::vector<std::uint8_t>> fold(const Node& node) {
  if (node.input().data.empty() || node.input().variable) return {};
  return {node.input().data};
}

void lower(Lowering& node) { node.pass(); }

const OperatorKind reshape{{.name = "reshape", .types = computed_types, .check = check_reshape, .lower = lower, .fold = fold}};
const OperatorKind squeeze{{.name = "squeeze", .types = computed_types, .check = check_ones, .lower = lower, .fold = fold}};
const OperatorKind expand_dims{
    {.name = "expand_dims", .types = computed_types, .check = check_ones, .lower = lower, .fold = fold}};

}  // namespace

}  // namespace tools::importer
