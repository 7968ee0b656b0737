#include "tools/import/check.hpp"

#include "tools/import/fold.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

void mark(std::vector<bool>& used, const std::vector<int>& tensors) {
  for (int tensor : tensors)
    if (tensor >= 0 && static_cast<std::size_t>(tensor) < used.size()) used[static_cast<std::size_t>(tensor)] = true;
}

}  // namespace

std::vector<bool> used_tensors(const Model& model) {
  std::vector<bool> used(model.tensors.size(), false);
  mark(used, model.inputs);
  mark(used, model.outputs);
  for (const Operator& operation : model.operators) {
    mark(used, operation.inputs);
    mark(used, operation.outputs);
  }
  return used;
}

void check_operator(Model& model, std::size_t index) {
  const Node node{model, index};
  if (node.op.obstacle) node.refuse(node.op.obstacle->wrong, node.op.obstacle->expected);
  const OperatorKind* kind = OperatorKind::find(node.op.kind);
  if (kind == nullptr) {
    const bool known = node.has_input(0) && node.input(0).type != Type::unknown;
    node.refuse("is not supported", OperatorKind::expected(known ? node.input(0).type : Type::int8));
  }
  std::vector<std::vector<std::uint8_t>> known;
  node.with_scales([&] {
    kind->check(node);
    known = fold(node, *kind);
  });
  // Lowering passes over who wrote a constant.
  for (std::size_t i = 0; i < known.size(); ++i) model.tensor(node.op.outputs[i]).data = std::move(known[i]);
}

void check(Model& model) {
  const std::vector<bool> used = used_tensors(model);
  for (std::size_t i = 0; i < used.size(); ++i)
    if (used[i]) check_tensor(model, static_cast<int>(i));
  check_graph(model);
  for (std::size_t i = 0; i < model.operators.size(); ++i) check_operator(model, i);
}

}  // namespace tools::importer
