#include "tools/onnx/between_codes.hpp"

#include <algorithm>
#include <set>

namespace tools::onnx {

namespace {

using importer::Model;
using importer::Operator;
using importer::Type;

bool makes_codes(const Operator& op) { return op.kind == "quantize" || op.kind == "quantize_zero_first"; }

// Float32 that comes of codes, and float32 that becomes codes.
std::set<int> of_codes(Model& model) {
  std::set<int> found;
  for (const Operator& op : model.operators) {
    if (makes_codes(op)) continue;
    const bool reads = std::ranges::any_of(op.inputs, [&](int input) { return found.contains(input); });
    if (reads || op.kind == "dequantize") found.insert(op.outputs.begin(), op.outputs.end());
  }
  return found;
}
std::set<int> to_codes(Model& model) {
  std::set<int> found;
  for (std::size_t i = model.operators.size(); i-- > 0;) {
    const Operator& op = model.operators[i];
    const bool wanted = std::ranges::any_of(op.outputs, [&](int output) { return found.contains(output); });
    if ((wanted && op.kind != "dequantize") || makes_codes(op)) found.insert(op.inputs.begin(), op.inputs.end());
  }
  return found;
}

void note(Model& model, const std::string& sentence, const std::vector<std::string>& labels) {
  std::string all;
  for (const std::string& label : labels) all += (all.empty() ? "" : ", ") + label;
  if (!labels.empty()) model.notes.push_back(sentence + all);
}

}  // namespace

void note_layers_between_codes(Model& model, const std::vector<std::string>& desktop) {
  const std::set<int> from = of_codes(model), to = to_codes(model);
  std::vector<std::string> labels;
  for (const Operator& op : model.operators) {
    const bool between =
        from.contains(op.outputs[0]) && to.contains(op.outputs[0]) && model.tensor(op.outputs[0]).type == Type::float32;
    const bool moves = op.kind == "reshape" || op.kind == "transpose" || op.kind == "dequantize";
    if (between && !moves && std::ranges::find(labels, op.place) == labels.end()) labels.push_back(op.place);
  }
  note(model, "in float32 between codes: ", labels);
  note(model, "on codes here, in float32 on a desktop, since the activation cuts off codes: ", desktop);
}

}  // namespace tools::onnx
