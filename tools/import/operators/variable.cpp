// READ_VARIABLE and ASSIGN_VARIABLE: a tensor that keeps its numbers from run to run. VAR_HANDLE and CALL_ONCE, of which readers
// make such tensors and what they begin with, do nothing.
#include <algorithm>

#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void check_read(const Node& node) {
  node.require_inputs(1, 1);
  node.require(node.input().variable, "reads a tensor that is no variable", "one that keeps its numbers from run to run");
  node.set_output_type({node.input().type});
  node.set_output(node.input().shape);
}

void check_assign(const Node& node) {
  node.require_inputs(1, 1);
  const Tensor &from = node.input(), &to = node.output();
  if (from.type != to.type || from.shape != to.shape)
    node.refuse(text("assigns ", name(from.type), " ", from.shape),
                text(name(to.type), " ", to.shape, ", as ", label(node.model, node.op.outputs[0]), " is"));
}

// Is this tensor, or what may be the same under another name, read at or behind operator `index`?
bool is_read_from(const Model& model, int tensor, std::size_t index) {
  static const std::vector<std::string_view> renames{"reshape",        "squeeze",    "expand_dims", "slice",  "strided_slice",
                                                     "transpose",      "split",      "split_v",     "unpack", "depth_to_space",
                                                     "space_to_depth", "reverse_v2", "cast"};
  if (std::ranges::find(model.outputs, tensor) != model.outputs.end()) return true;
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const Operator& op = model.operators[i];
    if (std::ranges::find(op.inputs, tensor) == op.inputs.end()) continue;
    if (i >= index) return true;
    if (std::ranges::find(renames, op.kind) == renames.end()) continue;
    for (int output : op.outputs)
      if (is_read_from(model, output, index)) return true;
  }
  return false;
}

// What is read stays where it is, unless it is needed when the variable has another value.
void lower_read(Lowering& node) {
  node.building.variable(node.model, node.op.inputs[0]);
  for (std::size_t i = node.index + 1; i < node.model.operators.size(); ++i) {
    const Operator& op = node.model.operators[i];
    if (op.kind == "assign_variable" && op.outputs[0] == node.op.inputs[0] && is_read_from(node.model, node.op.outputs[0], i + 1))
      return node.copy();
  }
  node.pass();
}

void lower_assign(Lowering& node) {
  const int to = node.building.variable(node.model, node.op.outputs[0]);
  if (node.building.tensor(node.model, node.op.inputs[0]) != to) node.copy();
}

const OperatorKind read_variable{{.name = "read_variable", .types = computed_types, .check = check_read, .lower = lower_read}};
const OperatorKind assign_variable{
    {.name = "assign_variable", .types = computed_types, .check = check_assign, .lower = lower_assign}};
const OperatorKind var_handle{{.name = "var_handle", .check = [](const Node&) {}, .lower = [](Lowering&) {}}};
const OperatorKind call_once{{.name = "call_once", .check = [](const Node&) {}, .lower = [](Lowering&) {}}};

}  // namespace

}  // namespace tools::importer
