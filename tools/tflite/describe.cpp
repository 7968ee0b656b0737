#include "tools/tflite/describe.hpp"

#include <algorithm>
#include <array>

#include "tools/tflite/names.hpp"

namespace tools::tflite {

namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string pair(int down, int across) { return text(down, "x", across); }

std::string tensor_number(int index) { return index < 0 ? "none" : text("#", index); }

std::string list(const std::vector<int>& tensors) {
  std::string numbers;
  for (int i : tensors) {
    if (!numbers.empty()) numbers += ' ';
    numbers += tensor_number(i);
  }
  return numbers;
}

std::string numbers(const std::vector<int>& list) {
  std::string all;
  for (int number : list) all += text(all.empty() ? "" : " ", number);
  return all;
}

std::string quantization(const Quantization& of) {
  if (of.scale.empty()) return "";
  const auto [low, high] = std::minmax_element(of.scale.begin(), of.scale.end());
  const auto [zero_low, zero_high] = std::minmax_element(of.zero_point.begin(), of.zero_point.end());
  if (of.scale.size() == 1) return text("scale ", *low, ", zero point ", *zero_low);
  const std::string zero_points = *zero_low == 0 && *zero_high == 0 ? "" : text(", zero points ", *zero_low, " to ", *zero_high);
  return text(of.scale.size(), " scales ", *low, " to ", *high, " along dimension ", of.dimension, zero_points);
}

std::string role(const Model& model, int tensor) {
  const auto in = [tensor](const std::vector<int>& where) { return std::find(where.begin(), where.end(), tensor) != where.end(); };
  const Tensor& of = model.tensors[static_cast<std::size_t>(tensor)];
  if (in(model.inputs)) return "input";
  if (in(model.outputs)) return "output";
  if (of.variable) return "variable";
  return of.data.empty() ? "" : text(of.data.size(), " bytes");
}

// "stride 2x1, relu": what differs from its default, and what no reader could guess. Heights before widths.
std::string options(const Operator& operation) {
  const Options& of = operation.options;
  std::string list;
  const auto add = [&list](const std::string& option) {
    if (!list.empty()) list += ", ";
    list += option;
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
    case Op::concatenation:
    case Op::split: add(text("axis ", of.axis)); break;
    case Op::slice: add("begin " + numbers(of.begin)); break;
    case Op::strided_slice: add("begin " + numbers(of.begin) + ", step " + numbers(of.step)); break;
    case Op::transpose: add("permutation " + numbers(of.permutation)); break;
    case Op::resize_bilinear:
    case Op::resize_nearest_neighbor:
      if (of.align_corners) add("align_corners");
      if (of.half_pixel_centers) add("half_pixel_centers");
      break;
    case Op::softmax: add(text("beta ", of.beta)); break;
    case Op::svdf: add(text("rank ", of.rank)); break;
    case Op::leaky_relu: add(text("alpha ", of.alpha)); break;
    default: break;
  }
  if (of.dilation_h != 1 || of.dilation_w != 1) add("dilation " + pair(of.dilation_h, of.dilation_w));
  if (of.depth_multiplier != 1) add(text("multiplier ", of.depth_multiplier));
  if (of.keep_num_dims) add("keep_num_dims");
  if (of.keep_dims) add("keep_dims");
  if (of.activation != Activation::none) add(name(of.activation));
  return list;
}

using Row = std::array<std::string, 5>;

// Columns as wide as their widest cell.
std::string table(const std::vector<Row>& rows) {
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string lines;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += "  " + padded(row[i], widths[i]);
    lines += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return lines;
}

}  // namespace

std::string describe(const Model& model) {
  std::vector<Row> tensors, operators;
  std::size_t constants = 0, bytes = 0;
  for (std::size_t i = 0; i < model.tensors.size(); ++i) {
    const Tensor& of = model.tensors[i];
    const int index = static_cast<int>(i);
    tensors.push_back({tensor_number(index), text(name(of.type), " ", of.shape), role(model, index), quantization(of.quantization),
                       in_quotes(of.name)});
    if (!of.data.empty()) ++constants;
    bytes += of.data.size();
  }
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const Operator& of = model.operators[i];
    operators.push_back({text(i), of.name, list(of.inputs), text("-> ", list(of.outputs)), options(of)});
  }
  return text("tensors\n", table(tensors), "\noperators\n", table(operators), "\n", constants, " constants, ", bytes, " bytes\n");
}

}  // namespace tools::tflite
