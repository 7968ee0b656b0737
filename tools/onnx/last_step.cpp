#include "tools/onnx/last_step.hpp"

#include <algorithm>
#include <optional>

#include "tools/import/node.hpp"

namespace tools::onnx {

namespace {

using importer::Model;
using importer::Operator;
using importer::Shape;

// Numbers [begin, begin + count) of an operator's input 0, one after another: what it gives, if it is a piece of that.
struct Piece {
  std::int64_t begin, count;
};

// Index `first` of a dimension, and those that follow it, of which the output has so many; dimensions before it have one.
std::optional<Piece> along(const Shape& x, const Shape& y, std::size_t dimension, std::int64_t first) {
  std::int64_t each = 1;
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (d < dimension && x[d] != 1) return std::nullopt;
    if (d > dimension) each *= x[d];
  }
  return Piece{first * each, importer::element_count(y)};
}

std::optional<Piece> piece(Model& model, std::size_t at) {
  const importer::Node node{model, at};
  const Shape &x = node.input(0).shape, &y = node.output().shape;
  const auto constants = [&](std::size_t i) {
    return node.input(i).data.empty() ? std::vector<std::int64_t>{} : importer::whole_numbers(node.input(i));
  };
  if (node.op.kind == "gather") {
    const std::vector<std::int64_t> index = constants(1);
    if (index.size() != 1) return std::nullopt;
    return along(x, y, node.axis(node.whole("axis"), x.size()), index[0]);
  }
  if (node.op.kind != "strided_slice" || x.size() != y.size()) return std::nullopt;
  const std::vector<std::int64_t> begin = constants(1), step = constants(3);
  std::optional<std::size_t> cut;
  for (std::size_t d = 0; d < x.size(); ++d) {
    if (x[d] == y[d]) continue;
    if (cut || begin.size() != x.size() || step[d] != 1) return std::nullopt;
    cut = d;
  }
  return cut ? along(x, y, *cut, begin[*cut]) : std::nullopt;
}

// The operators that take exactly this piece of a tensor, perhaps seen in another shape; nothing: somebody reads another.
std::optional<std::vector<std::size_t>> readers(Model& model, int tensor, const Piece& wanted) {
  if (std::ranges::find(model.outputs, tensor) != model.outputs.end()) return std::nullopt;
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < model.operators.size(); ++at) {
    const Operator& op = model.operators[at];
    if (std::ranges::find(op.inputs, tensor) == op.inputs.end()) continue;
    if (op.inputs[0] != tensor || std::ranges::count(op.inputs, tensor) != 1) return std::nullopt;
    if (op.kind == "reshape") {
      const auto behind = readers(model, op.outputs[0], wanted);
      if (!behind) return std::nullopt;
      found.insert(found.end(), behind->begin(), behind->end());
      continue;
    }
    const std::optional<Piece> taken = piece(model, at);
    if (!taken || taken->begin != wanted.begin || taken->count != wanted.count) return std::nullopt;
    found.push_back(at);
  }
  return found;
}

bool makes_every_step(const Operator& op) {
  if (op.kind != "lstm_sequence" && op.kind != "gru_sequence" && op.kind != "rnn_sequence") return false;
  const auto is_set = [&](const char* flag) {
    const auto* value = op.attributes.find<std::int64_t>(flag);
    return value != nullptr && *value != 0;
  };
  return !is_set("last_only") && !is_set("gives_cells");
}

}  // namespace

void make_last_steps_alone(Model& model) {
  for (Operator& op : model.operators) {
    if (!makes_every_step(op)) continue;
    importer::Tensor& y = model.tensor(op.outputs[0]);
    const Shape& x = model.tensor(op.inputs[0]).shape;
    const std::int64_t step = std::int64_t{x[1]} * y.shape[1];
    const bool reversed = *op.attributes.find<std::int64_t>("reversed") != 0;
    const auto taking = readers(model, op.outputs[0], {reversed ? 0 : (x[0] - 1) * step, step});
    if (x[0] == 1 || !taking || taking->empty()) continue;
    op.attributes.set("last_only", std::int64_t{1});
    y.shape[0] = x[1];
    for (std::size_t at : *taking) {
      Operator& taker = model.operators[at];
      const Shape& made = model.tensor(taker.outputs[0]).shape;
      taker.kind = "reshape";
      taker.inputs = {op.outputs[0]};
      taker.attributes = {{"new_shape", std::vector<std::int64_t>(made.begin(), made.end())}};
    }
  }
}

}  // namespace tools::onnx
