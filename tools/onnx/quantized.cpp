#include "tools/onnx/quantized.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tools/import/node.hpp"
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

// The operator that makes a tensor; nullptr: none.
const importer::Operator* maker(const Model& model, int tensor) {
  for (std::size_t i = model.operators.size(); i-- > 0;)
    if (std::ranges::find(model.operators[i].outputs, tensor) != model.operators[i].outputs.end()) return &model.operators[i];
  return nullptr;
}

const std::set<std::string> functions{"relu", "relu6",  "relu_n1_to_1", "leaky_relu", "logistic",         "tanh",
                                      "clip", "elu",    "scaled_elu",   "celu",       "softplus",         "softsign",
                                      "mish", "erf",    "exp",          "gelu",       "gelu_tanh",        "abs",
                                      "neg",  "square", "hard_sigmoid", "hard_swish", "thresholded_relu", "power",
                                      "sqrt", "log",    "reciprocal"};
const std::set<std::string> combinations{"add", "sub", "mul", "div", "maximum", "minimum", "prelu"};

// Operators number by number that make a tensor of one tensor of codes, first to last.
class Chain {
 public:
  Chain(const Model& of, int tensor) : model{of} { whole = visit(tensor); }

  bool is_function() const { return whole && codes >= 0; }
  int codes = -1;
  std::vector<importer::Operator> operators;

 private:
  bool visit(int tensor) {
    if (seen.contains(tensor)) return true;
    seen.insert(tensor);
    if (!model.tensor(tensor).data.empty()) return importer::element_count(model.tensor(tensor).shape) == 1;
    const importer::Operator* op = maker(model, tensor);
    if (op == nullptr) return false;
    if (op->kind == "dequantize") {
      if (model.tensor(op->inputs[0]).type != Type::int8 || (codes >= 0 && codes != op->inputs[0])) return false;
      codes = op->inputs[0];
    } else if (op->inputs.size() == 2 ? !combinations.contains(op->kind)
                                      : op->inputs.size() != 1 || !functions.contains(op->kind)) {
      return false;
    } else {
      for (int input : op->inputs)
        if (!visit(input)) return false;
    }
    operators.push_back(*op);
    return true;
  }

  const Model& model;
  std::set<int> seen;
  bool whole = false;
};

}  // namespace

Value quantized(const Node& node, const Value& real, const Codes& codes) {
  Value made = real;
  made.type = codes.type;
  made.real = true;
  const importer::Quantization wanted = codes.inside();
  if (code_type(codes.type) == Type::int32) node.refuse("makes codes of 32 bits", "of 8 or 16");
  if (code_type(codes.type) == Type::int8) {
    const Chain chain{node.whole_graph.model, real.tensor};
    if (chain.is_function()) {
      std::map<int, int> known{{chain.codes, code_constant(node, every_code(), {256}, {1.0f}, 0)}};
      node.whole_graph.model.tensor(known.at(chain.codes)).quantization = node.tensor(chain.codes).quantization;
      for (const importer::Operator& op : chain.operators) {
        std::vector<int> inputs;
        for (int input : op.inputs) inputs.push_back(known.contains(input) ? known.at(input) : input);
        known[op.outputs[0]] = node.emit(op.kind, inputs, op.attributes, Type::float32);
      }
      const int values = node.emit_codes("quantize", {known.at(real.tensor)}, {}, Type::int8, wanted);
      if (node.whole_graph.is_constant(values)) {
        made.tensor = node.emit_codes("table", {chain.codes, values}, {}, Type::int8, wanted);
        made.tensor = node.whole_graph.reshaped(node.index, made.tensor, node.tensor(real.tensor).shape);
        return made;
      }
    }
  }
  made.tensor = node.emit_codes("quantize", {real.tensor}, {}, code_type(codes.type), wanted);
  return made;
}

Value requantized(const Node& node, std::size_t i, const Codes& codes) {
  Value same = node.value(i);
  if (node.whole_graph.is_constant(same.tensor) || node.tensor(same.tensor).quantization != codes.inside())
    return quantized(node, node.input(i), codes);
  same.type = codes.type;
  same.real = true;
  return same;
}

std::optional<Target> absorbed_target(Node& node, std::string* activation) {
  const std::string word = activation == nullptr ? "none" : * activation = absorbed_activation(node);
  const NodeData* next = node.next();
  if (next == nullptr || !next->domain.empty() || next->operation != "QuantizeLinear") return std::nullopt;
  const Node behind{node.whole_graph, node.next_index()};
  for (std::size_t i = 1; i < behind.data.inputs.size(); ++i)
    if (behind.has(i) && node.whole_graph.find(behind.data.inputs[i]) == nullptr) return std::nullopt;
  const Codes codes = stated_codes(behind, 1, 2, DataType::uint8);
  if (codes.scale.size() != 1 || (codes.type != DataType::uint8 && codes.type != DataType::int8)) return std::nullopt;
  if (behind.whole("output_dtype", 0) != 0 && !behind.has(2)) return std::nullopt;
  node.absorb();
  return Target{codes, word};
}

Value combined_codes(const Node& node, const Value& a, const Value& b, const Codes& to, const std::string& kind) {
  Together made = together(node, {a, b});
  made.result.tensor =
      node.emit_codes(kind, made.tensors, {{"unsigned", std::int64_t{to.is_unsigned()}}}, Type::int8, to.inside());
  made.result.type = to.type;
  made.result.real = true;
  return made.result;
}

Value zero_first(const Node& node, const Value& real, const Codes& to) {
  Value made = real;
  made.type = to.type;
  made.tensor = node.emit_codes("quantize_zero_first", {real.tensor}, {{"unsigned", std::int64_t{to.is_unsigned()}}}, Type::int8,
                                to.inside());
  return made;
}

Value global_average_of_codes(const Node& node, const Value& x, const Codes& to) {
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  const int axes = node.constant(std::vector<std::int64_t>{1, 2});
  const int y = node.emit_codes("mean", {image(node, x), axes}, {{"keep_dims", std::int64_t{1}}}, Type::int8, to.inside());
  Value made = of_image(node, x, y);
  made.type = to.type;
  made.real = true;
  return made;
}

}  // namespace tools::onnx
