#include "tools/onnx/coded_layers.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tools/import/node.hpp"
#include "tools/onnx/operators/dense.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

using importer::Quantization;
using importer::Tensor;

namespace {

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

int bias_constant(const Node& node, const std::vector<std::int32_t>& bias) {
  std::vector<std::uint8_t> bytes(bias.size() * sizeof(std::int32_t));
  if (!bytes.empty()) std::memcpy(bytes.data(), bias.data(), bytes.size());
  return node.whole_graph.add_constant(Type::int32, {static_cast<int>(bias.size())}, bytes);
}

// Does an activation cut off codes that there are? Else a desktop drops it, and the layer is one on codes there, too.
bool cuts_off(const Target& to) {
  const Quantization of = to.codes.inside();
  const auto real = [&](int code) { return static_cast<float>(code - static_cast<int>(of.zero_point[0])) * of.scale[0]; };
  const float least = to.activation == "relu_n1_to_1" ? -1.0f : 0.0f, most = to.activation == "relu6" ? 6.0f : 1.0f;
  return to.activation != "none" && (real(-128) < least || (to.activation != "relu" && real(127) > most));
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

}  // namespace

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
  const std::vector<std::int64_t> codes = stored_codes(tensor);
  for (std::size_t i = 0; i < codes.size(); ++i)
    made.number.push_back(static_cast<std::int32_t>(codes[i] - of.zero_point[scale_index(of, tensor.shape, i)]));
  return made;
}

CodedWeights turned(CodedWeights weights) {
  const auto rows = static_cast<std::size_t>(weights.shape[0]), columns = static_cast<std::size_t>(weights.shape[1]);
  const std::vector<std::int32_t> numbers = weights.number;
  for (std::size_t at = 0; at < numbers.size(); ++at) weights.number[at % columns * rows + at / columns] = numbers[at];
  std::swap(weights.shape[0], weights.shape[1]);
  return weights;
}

std::optional<std::vector<std::int32_t>> coded_biases(const Node& node, std::size_t i, std::size_t outputs, float x_scale,
                                                      const CodedWeights& weights) {
  if (!node.has(i)) return std::vector<std::int32_t>(outputs, 0);
  const Value& of = node.value(i);
  if (of.tensor < 0 || !node.whole_graph.is_constant(of.tensor)) return std::nullopt;
  const Tensor& tensor = node.tensor(of.tensor);
  if (tensor.type != Type::int32 || importer::element_count(tensor.shape) != static_cast<std::int64_t>(outputs))
    return std::nullopt;
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
  if (cuts_off(to)) node.whole_graph.float_on_desktop.push_back(node.whole_graph.label(node.index));
  const Shape shape = depthwise ? Shape{1, high, wide, w[0]} : Shape{w[0], high, wide, static_cast<int>(parts.size() * channels)};
  const int y =
      node.emit_codes(depthwise ? "depthwise_conv_2d" : "conv_2d",
                      {from, code_constant(node, ordered, shape, weights.scale, depthwise ? 3 : 0), bias_constant(node, bias)},
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
  if (cuts_off(to)) node.whole_graph.float_on_desktop.push_back(node.whole_graph.label(node.index));
  Value made = rows.y;
  made.tensor = node.emit_codes(
      "fully_connected",
      {repeated(node, rows.matrix, parts.size()),
       code_constant(node, ordered, {static_cast<int>(bias.size()), static_cast<int>(parts.size() * depth)}, weights.scale, 0),
       bias_constant(node, bias)},
      {{"activation", to.activation}}, Type::int8, to.codes.inside());
  made.type = to.codes.type;
  made.real = true;
  return made;
}

}  // namespace tools::onnx
