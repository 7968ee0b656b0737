#include "tools/onnx/quantized.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tools/import/node.hpp"
#include "tools/onnx/operators/dense.hpp"
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/windows.hpp"
#include "tools/onnx/parse.hpp"

namespace tools::onnx {

using importer::Quantization;
using importer::Tensor;

namespace {

Type type_of(DataType type) {
  if (type == DataType::int16) return Type::int16;
  return type == DataType::int32 ? Type::int32 : Type::int8;
}

// The whole numbers that a tensor stores.
std::vector<std::int64_t> stored(const Tensor& tensor) {
  const auto all = [&]<class Number>(Number) {
    const std::vector<Number> numbers = importer::numbers<Number>(tensor);
    return std::vector<std::int64_t>(numbers.begin(), numbers.end());
  };
  if (tensor.type == Type::int8) return all(std::int8_t{});
  if (tensor.type == Type::uint8) return all(std::uint8_t{});
  if (tensor.type == Type::int16) return all(std::int16_t{});
  return all(std::int32_t{});
}

// Which of several scales number i of this shape has.
std::size_t scale_index(const Quantization& of, const Shape& shape, std::size_t i) {
  if (of.scale.size() < 2) return 0;
  std::size_t step = 1;
  for (std::size_t d = shape.size(); --d > static_cast<std::size_t>(of.dimension);) step *= static_cast<std::size_t>(shape[d]);
  return i / step % of.scale.size();
}

template <class Number>
std::vector<std::uint8_t> bytes_of(const std::vector<Number>& numbers) {
  std::vector<std::uint8_t> bytes(numbers.size() * sizeof(Number));
  if (!bytes.empty()) std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

// The operator that makes a tensor; nullptr: none.
const importer::Operator* maker(const Model& model, int tensor) {
  for (std::size_t i = model.operators.size(); i-- > 0;)
    if (std::ranges::find(model.operators[i].outputs, tensor) != model.operators[i].outputs.end()) return &model.operators[i];
  return nullptr;
}

const std::set<std::string> functions{"relu",     "relu6",      "relu_n1_to_1", "leaky_relu",  "logistic",  "tanh",
                                      "clip",     "elu",        "scaled_elu",   "celu",        "softplus",  "softsign",
                                      "mish",     "erf",        "exp",          "gelu",        "gelu_tanh", "abs",
                                      "neg",      "square",     "hard_sigmoid", "hard_swish",  "thresholded_relu",
                                      "power",    "sqrt",       "log",          "reciprocal"};
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
    } else if (op->inputs.size() == 2 ? !combinations.contains(op->kind) : op->inputs.size() != 1 || !functions.contains(op->kind)) {
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

// As int8; at most 127 beyond it, the first of so many parts.
std::vector<std::vector<std::int8_t>> parts_of(const std::vector<std::int32_t>& numbers) {
  std::vector<std::vector<std::int8_t>> parts;
  std::vector<std::int32_t> rest = numbers;
  do {
    std::vector<std::int8_t> part;
    for (std::int32_t& number : rest) {
      part.push_back(static_cast<std::int8_t>(std::clamp(number, -128, 127)));
      number -= part.back();
    }
    parts.push_back(std::move(part));
  } while (std::ranges::any_of(rest, [](std::int32_t number) { return number != 0; }));
  return parts;
}

int weight_constant(const Node& node, const std::vector<std::int8_t>& numbers, const Shape& shape, const std::vector<float>& scale,
                    int dimension) {
  const int made = node.whole_graph.add_constant(Type::int8, shape, bytes_of(numbers));
  node.whole_graph.model.tensor(made).quantization = {scale, std::vector<std::int64_t>(scale.size(), 0), dimension};
  return made;
}

int bias_constant(const Node& node, const std::vector<std::int32_t>& bias) {
  return node.whole_graph.add_constant(Type::int32, {static_cast<int>(bias.size())}, bytes_of(bias));
}

// The input behind itself, as often as there are parts: each group of its last dimension.
int repeated(const Node& node, int x, std::size_t parts, int groups = 1) {
  if (parts == 1) return x;
  Shape shape = node.tensor(x).shape;
  const int count = static_cast<int>(importer::element_count(shape)), each = shape.back() / groups;
  const int grouped = node.whole_graph.reshaped(node.index, x, {count / each, each});
  const int made = node.emit("concatenation", std::vector<int>(parts, grouped), {{"axis", std::int64_t{1}}});
  shape.back() *= static_cast<int>(parts);
  return node.whole_graph.reshaped(node.index, made, shape);
}

Codes codes_of(const Node& node, std::vector<float> scale, const Value* zero, DataType type, const std::string& scale_name) {
  for (float each : scale)
    if (!std::isfinite(each) || !(each > 0)) node.refuse(text(scale_name, " holds the scale ", each), "scales above 0");
  Codes made{type, std::move(scale), {}};
  if (zero != nullptr) {
    made.type = zero->type;
    made.zero = stored(node.tensor(zero->tensor));
  }
  if (made.zero.empty()) made.zero.assign(made.scale.size(), 0);
  if (made.zero.size() != made.scale.size())
    node.refuse(text("has ", made.scale.size(), " scales and ", made.zero.size(), " zero points"), "as many");
  return made;
}

}  // namespace

Quantization Codes::inside() const {
  Quantization made{scale, zero, static_cast<int>(axis)};
  for (std::int64_t& each : made.zero_point) each -= is_unsigned() ? 128 : 0;
  return made;
}

Codes stated_codes(const Node& node, std::size_t scale, std::size_t zero, DataType type) {
  const std::vector<float> scales = node.reals(scale);
  if (scales.empty()) node.refuse(node.input_name(scale) + " holds no scale", "at least one");
  if (node.has(zero)) {
    node.require_constant(zero);
    node.require_type(zero, {DataType::uint8, DataType::int8, DataType::int16, DataType::int32});
    if (node.value(zero).tensor < 0) node.refuse(node.input_name(zero) + " holds no zero point", "at least one");
  }
  return codes_of(node, scales, node.has(zero) ? &node.value(zero) : nullptr, type, node.input_name(scale));
}

Codes one_scale(const Node& node, std::size_t scale, std::size_t zero, DataType type) {
  const Codes made = stated_codes(node, scale, zero, type);
  if (made.scale.size() != 1) node.refuse(text(node.input_name(scale), " holds ", made.scale.size(), " scales"), "one");
  if (made.type != type) node.refuse(text(node.input_name(zero), " is ", name(made.type)), name(type));
  return made;
}

int coded(const Node& node, const Value& value, const Codes& codes) {
  Translation& whole = node.whole_graph;
  if (value.tensor < 0) node.refuse("reads a tensor without numbers", "one with numbers");
  const Quantization wanted = codes.inside();
  const Tensor& now = node.tensor(value.tensor);
  if (whole.is_constant(value.tensor)) {
    if (now.type != Type::uint8 && now.quantization == wanted) return value.tensor;
    std::vector<std::uint8_t> bytes = now.data;
    if (now.type == Type::uint8)
      for (std::uint8_t& byte : bytes) byte ^= 0x80;
    const int made = whole.add_constant(type_of(codes.type), now.shape, std::move(bytes), now.name);
    whole.model.tensor(made).quantization = wanted;
    return made;
  }
  if (wanted.scale.size() != 1) node.refuse(text("reads ", wanted.scale.size(), " scales of numbers that are computed"), "one");
  if (now.type == Type::uint8) {
    whole.model.tensor(value.tensor).quantization = {codes.scale, codes.zero, 0};
    return node.emit_codes("quantize", {value.tensor}, {}, Type::int8, wanted);
  }
  if (now.quantization == wanted) return value.tensor;
  if (std::ranges::find(whole.model.inputs, value.tensor) != whole.model.inputs.end() &&
      now.quantization == Quantization{{1.0f}, {0}, 0}) {
    whole.model.tensor(value.tensor).quantization = wanted;
    return value.tensor;
  }
  if (now.type != Type::int8) node.refuse("reads codes with another scale than they were made with", "the same");
  std::vector<std::int8_t> same;
  for (int code = -128; code < 128; ++code) same.push_back(static_cast<std::int8_t>(code));
  return node.emit_codes("table", {value.tensor, weight_constant(node, same, {256}, {1.0f}, 0)}, {}, Type::int8, wanted);
}

Value coded_value(const Node& node, std::size_t i, const Codes& codes) {
  Value made = node.value(i);
  const std::string key = text(node.data.inputs[i], " (codes ", codes.scale[0], " ", codes.zero[0], " ", codes.scale.size(), ")");
  if (const Value* found = node.whole_graph.find(key)) return *found;
  made.tensor = coded(node, made, codes);
  made.type = DataType::float32;
  made.real = false;
  if (node.tensor(made.tensor).type == Type::int8 || node.tensor(made.tensor).type == Type::int16) node.whole_graph.define(key, made);
  return made;
}

Value real_value(const Node& node, const Value& coded) {
  Value made = coded;
  made.real = true;
  made.type = DataType::float32;
  made.tensor = node.whole_graph.emit(node.index, "dequantize", {coded.tensor}, {}, {Type::float32})[0];
  return made;
}

std::vector<float> real_numbers(const Tensor& tensor) {
  std::vector<float> numbers;
  const std::vector<std::int64_t> codes = stored(tensor);
  const Quantization& of = tensor.quantization;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const std::size_t at = scale_index(of, tensor.shape, i);
    numbers.push_back(static_cast<float>(codes[i] - of.zero_point[at]) * of.scale[at]);
  }
  return numbers;
}

Value quantized(const Node& node, const Value& real, const Codes& codes) {
  Value made = real;
  made.type = codes.type;
  made.real = true;
  const Quantization wanted = codes.inside();
  if (type_of(codes.type) == Type::int32) node.refuse("makes codes of 32 bits", "of 8 or 16");
  if (type_of(codes.type) == Type::int8) {
    const Chain chain{node.whole_graph.model, real.tensor};
    if (chain.is_function()) {
      std::vector<std::int8_t> all;
      for (int code = -128; code < 128; ++code) all.push_back(static_cast<std::int8_t>(code));
      std::map<int, int> known{{chain.codes, node.whole_graph.add_constant(Type::int8, {256}, bytes_of(all))}};
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
  made.tensor = node.emit_codes("quantize", {real.tensor}, {}, type_of(codes.type), wanted);
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

CodedWeights coded_weights(const Node& node, std::size_t i, const Codes& codes, std::size_t outputs_along) {
  node.require_constant(i);
  Value of = node.value(i);
  of.tensor = coded(node, of, codes);
  of.real = false;
  Codes along = codes;
  if (codes.scale.size() > 1) {
    along.axis = outputs_along;
    node.whole_graph.model.tensor(of.tensor).quantization.dimension = static_cast<int>(outputs_along);
  }
  const std::optional<CodedWeights> made = coded_weights(node, of, outputs_along);
  if (!made)
    node.refuse(text(node.input_name(i), " has the shape ", of.shape, " and ", codes.scale.size(), " scales"),
                "at least 2 dimensions, and one scale or one for each output");
  return *made;
}

std::optional<CodedWeights> coded_weights(const Node& node, const Value& value, std::size_t outputs_along) {
  if (value.tensor < 0 || value.real || !node.whole_graph.is_constant(value.tensor)) return std::nullopt;
  const Tensor& tensor = node.tensor(value.tensor);
  if (tensor.type != Type::int8 || tensor.shape.size() < 2 || tensor.shape != value.shape || value.layout != natural(value.shape))
    return std::nullopt;
  const Quantization& of = tensor.quantization;
  if (of.scale.size() > 1 && (of.dimension != static_cast<int>(outputs_along) ||
                              of.scale.size() != static_cast<std::size_t>(tensor.shape[outputs_along])))
    return std::nullopt;
  CodedWeights made{tensor.shape, {}, of.scale};
  const std::vector<std::int64_t> codes = stored(tensor);
  for (std::size_t i = 0; i < codes.size(); ++i)
    made.number.push_back(static_cast<std::int32_t>(codes[i] - of.zero_point[scale_index(of, tensor.shape, i)]));
  return made;
}

std::optional<std::vector<std::int32_t>> coded_biases(const Node& node, std::size_t i, std::size_t outputs, float x_scale,
                                                      const CodedWeights& weights) {
  if (!node.has(i)) return std::vector<std::int32_t>(outputs, 0);
  const Value& of = node.value(i);
  if (of.tensor < 0 || !node.whole_graph.is_constant(of.tensor)) return std::nullopt;
  const Tensor& tensor = node.tensor(of.tensor);
  if (tensor.type != Type::int32 || importer::element_count(tensor.shape) != static_cast<std::int64_t>(outputs)) return std::nullopt;
  if (!of.real) {
    for (std::size_t o = 0; o < outputs; ++o) {
      const std::size_t at = scale_index(tensor.quantization, tensor.shape, o);
      const float product = x_scale * weights.scale[weights.scale.size() == 1 ? 0 : o];
      if (std::abs(tensor.quantization.scale[at] - product) > 1e-5f * product || tensor.quantization.zero_point[at] != 0)
        return std::nullopt;
    }
  }
  return importer::numbers<std::int32_t>(tensor);
}

std::optional<Target> absorbed_target(Node& node, std::string* activation) {
  const std::string word = activation == nullptr ? "none" : *activation = absorbed_activation(node);
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

bool is_coded(const Node& node, const Value& value) {
  return !value.real && value.tensor >= 0 && node.tensor(value.tensor).type == Type::int8 &&
         node.tensor(value.tensor).quantization.scale.size() == 1;
}

Value combined_codes(const Node& node, const Value& a, const Value& b, const Codes& to, const std::string& kind) {
  Together made = together(node, {a, b});
  made.result.tensor = node.emit_codes(kind, made.tensors, {{"unsigned", std::int64_t{to.is_unsigned()}}}, Type::int8, to.inside());
  made.result.type = to.type;
  made.result.real = true;
  return made.result;
}

Value zero_first(const Node& node, const Value& real, const Codes& to) {
  Value made = real;
  made.type = to.type;
  made.tensor =
      node.emit_codes("quantize_zero_first", {real.tensor}, {{"unsigned", std::int64_t{to.is_unsigned()}}}, Type::int8, to.inside());
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

Value conv_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                    const Target& to) {
  const Shape& w = weights.shape;
  const std::int64_t groups = node.whole("group", 1, 1, 65535);
  if (x.shape.size() < 3 || x.shape.size() > 4 || w.size() != x.shape.size() || x.shape[1] != w[1] * groups || w[0] % groups != 0)
    node.refuse(text("has weights of ", w, " in ", groups, " groups for ", x.shape), "outputs and channels in equal groups");
  Windows of = windows(node, x, {w.begin() + 2, w.end()});
  const auto outputs = static_cast<std::size_t>(w[0]), channels = static_cast<std::size_t>(w[1]);
  const std::size_t taps = weights.number.size() / outputs / channels;
  const int high = w.size() == 3 ? 1 : w[2], wide = w.back();
  const std::vector<std::vector<std::int8_t>> parts = parts_of(weights.number);
  const bool depthwise = groups > 1 && channels == 1 && parts.size() == 1;
  std::vector<std::int8_t> ordered(parts.size() * weights.number.size());
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t i = 0; i < weights.number.size(); ++i) {
      const std::size_t o = i / (channels * taps), c = i / taps % channels, t = i % taps;
      ordered[depthwise ? t * outputs + o : ((o * taps + t) * parts.size() + p) * channels + c] = parts[p][i];
    }
  const int from = repeated(node, padded(node, image(node, x), of, false, 0), parts.size(), static_cast<int>(groups));
  Attributes attributes = of.attributes();
  attributes.set("activation", to.activation);
  const Shape shape = depthwise ? Shape{1, high, wide, w[0]} : Shape{w[0], high, wide, static_cast<int>(parts.size() * channels)};
  const int y = node.emit_codes(depthwise ? "depthwise_conv_2d" : "conv_2d",
                                {from, weight_constant(node, ordered, shape, weights.scale, depthwise ? 3 : 0), bias_constant(node, bias)},
                                attributes, Type::int8, to.codes.inside());
  Value made = of_image(node, x, y);
  made.type = to.codes.type;
  made.real = true;
  return made;
}

Value dense_on_codes(const Node& node, const Value& x, const CodedWeights& weights, const std::vector<std::int32_t>& bias,
                     const Target& to) {
  const DenseRows rows = dense_rows(node, x, bias.size());
  const std::vector<std::vector<std::int8_t>> parts = parts_of(weights.number);
  const std::size_t depth = rows.order.size();
  std::vector<std::int8_t> ordered;
  for (std::size_t o = 0; o < bias.size(); ++o)
    for (const std::vector<std::int8_t>& part : parts)
      for (std::size_t i : rows.order) ordered.push_back(part[o * depth + i]);
  Value made = rows.y;
  made.tensor = node.emit_codes(
      "fully_connected",
      {repeated(node, rows.matrix, parts.size()),
       weight_constant(node, ordered, {static_cast<int>(bias.size()), static_cast<int>(parts.size() * depth)}, weights.scale, 0),
       bias_constant(node, bias)},
      {{"activation", to.activation}}, Type::int8, to.codes.inside());
  made.type = to.codes.type;
  made.real = true;
  return made;
}

Value whole_numbers_of(const Node& node, std::size_t i, std::int64_t zero) {
  Value made = node.value(i);
  node.require(made.tensor >= 0, "reads a tensor without numbers", "one with numbers");
  const bool shifted = made.type == DataType::uint8 && node.tensor(made.tensor).type == Type::int8;
  made.type = DataType::float32;
  made.real = true;
  made.tensor = node.emit("cast", {made.tensor}, {}, Type::float32);
  if (const std::int64_t off = zero - (shifted ? 128 : 0); off != 0)
    made = combined(node, "sub", made, constant_of(node, {static_cast<float>(off)}, {}));
  return made;
}

}  // namespace tools::onnx
