#include "tools/tflite/describe.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "tools/tflite/names.hpp"

namespace tools::tflite {

namespace {

// The shortest text that is read back as the same number.
std::string shown(float value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string pair(int down, int across) { return std::to_string(down) + "x" + std::to_string(across); }

std::string tensor_number(int index) { return index < 0 ? "none" : std::string{"#"} + std::to_string(index); }

std::string list(const std::vector<int>& tensors) {
  std::string text;
  for (int i : tensors) {
    if (!text.empty()) text += ' ';
    text += tensor_number(i);
  }
  return text;
}

std::string quantization(const Quantization& of) {
  if (of.scale.empty()) return "";
  const auto [low, high] = std::minmax_element(of.scale.begin(), of.scale.end());
  const auto [zero_low, zero_high] = std::minmax_element(of.zero_point.begin(), of.zero_point.end());
  if (of.scale.size() == 1) return "scale " + shown(*low) + ", zero point " + std::to_string(*zero_low);
  std::string text = std::to_string(of.scale.size()) + " scales " + shown(*low) + " to " + shown(*high) + " along dimension " + std::to_string(of.dimension);
  if (*zero_low != 0 || *zero_high != 0) text += ", zero points " + std::to_string(*zero_low) + " to " + std::to_string(*zero_high);
  return text;
}

std::string role(const Model& model, int tensor) {
  const auto in = [tensor](const std::vector<int>& where) { return std::find(where.begin(), where.end(), tensor) != where.end(); };
  const Tensor& of = model.tensors[static_cast<std::size_t>(tensor)];
  if (in(model.inputs)) return "input";
  if (in(model.outputs)) return "output";
  if (of.variable) return "variable";
  return of.data.empty() ? "" : std::to_string(of.data.size()) + " bytes";
}

// "stride 2x1, relu": what differs from its default, and what no reader could guess. Heights before widths.
std::string options(const Operator& operation) {
  const Options& of = operation.options;
  std::string text;
  const auto add = [&text](const std::string& option) {
    if (!text.empty()) text += ", ";
    text += option;
  };
  switch (operation.op) {
    case Op::average_pool_2d:
    case Op::max_pool_2d:
      add("filter " + pair(of.filter_h, of.filter_w));
      [[fallthrough]];
    case Op::conv_2d:
    case Op::depthwise_conv_2d:
    case Op::transpose_conv:
      add("stride " + pair(of.stride_h, of.stride_w));
      add(name(of.padding));
      break;
    case Op::concatenation: add("axis " + std::to_string(of.axis)); break;
    case Op::softmax: add("beta " + shown(of.beta)); break;
    case Op::leaky_relu: add("alpha " + shown(of.alpha)); break;
    default: break;
  }
  if (of.dilation_h != 1 || of.dilation_w != 1) add("dilation " + pair(of.dilation_h, of.dilation_w));
  if (of.depth_multiplier != 1) add("multiplier " + std::to_string(of.depth_multiplier));
  if (of.keep_num_dims) add("keep_num_dims");
  if (of.keep_dims) add("keep_dims");
  if (of.activation != Activation::none) add(name(of.activation));
  return text;
}

using Row = std::array<std::string, 5>;

// Columns as wide as their widest cell.
std::string table(const std::vector<Row>& rows) {
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += "  " + padded(row[i], widths[i]);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace

std::string describe(const Model& model) {
  std::vector<Row> tensors, operators;
  std::size_t constants = 0, bytes = 0;
  for (std::size_t i = 0; i < model.tensors.size(); ++i) {
    const Tensor& of = model.tensors[i];
    const int index = static_cast<int>(i);
    tensors.push_back({tensor_number(index), std::string{name(of.type)} + " " + name(of.shape), role(model, index), quantization(of.quantization), in_quotes(of.name)});
    if (!of.data.empty()) ++constants;
    bytes += of.data.size();
  }
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const Operator& of = model.operators[i];
    operators.push_back({std::to_string(i), of.name, list(of.inputs), std::string{"-> "} + list(of.outputs), options(of)});
  }
  return "tensors\n" + table(tensors) + "\noperators\n" + table(operators) + "\n" + std::to_string(constants) + " constants, " + std::to_string(bytes) + " bytes\n";
}

}  // namespace tools::tflite
