#include "tools/export/onnx_layers.hpp"

#include <string>
#include <vector>

namespace tools::onnx {
namespace {

std::int64_t number(std::size_t value) { return static_cast<std::int64_t>(value); }

// Before and behind the input: [top, left, bottom, right], or [left, right].
Dims padding_of(const OnnxWindow& window, bool one_axis) {
  const auto& [rows, columns] = window;
  if (one_axis) return {number(columns.before()), number(columns.after())};
  return {number(rows.before()), number(columns.before()), number(rows.after()), number(columns.after())};
}

std::vector<OnnxGraph::Attribute> attributes_of(const OnnxWindow& window, bool one_axis, bool dilated) {
  const auto pair = [&](std::size_t rows, std::size_t columns) {
    return one_axis ? Dims{number(columns)} : Dims{number(rows), number(columns)};
  };
  const auto& [rows, columns] = window;
  std::vector<OnnxGraph::Attribute> attributes{{"kernel_shape", pair(rows.taps, columns.taps)},
                                               {"strides", pair(rows.stride, columns.stride)},
                                               {"pads", padding_of(window, one_axis)}};
  if (dilated) attributes.push_back({"dilations", pair(rows.dilation, columns.dilation)});
  return attributes;
}

}  // namespace

OnnxValue dense(OnnxWriter& writer, const OnnxValue& from) {
  OnnxValue x = writer.as(OnnxForm::vector, from);
  x.name =
      writer.node("Gemm", {x.name, writer.parameter("weight", 2), writer.parameter("bias", 1)}, {{"transB", std::int64_t{1}}});
  return x;
}

OnnxValue convolved(OnnxWriter& writer, const OnnxValue& from, const OnnxWindow& window, std::size_t groups) {
  OnnxValue x = writer.as(OnnxForm::channels_first, from);
  auto attributes = attributes_of(window, writer.one_axis, true);
  attributes.push_back({"group", number(groups)});
  x.name =
      writer.node("Conv", {x.name, writer.parameter("weight", writer.one_axis ? 3 : 4), writer.parameter("bias", 1)}, attributes);
  return x;
}

OnnxValue pooled(OnnxWriter& writer, const OnnxValue& from, const char* type, const OnnxWindow& window) {
  OnnxValue x = writer.as(OnnxForm::channels_first, from);
  x.name = writer.node(type, {x.name}, attributes_of(window, writer.one_axis, false));
  return x;
}

OnnxValue averaged(OnnxWriter& writer, const OnnxValue& x) {
  return function(writer, writer.as(OnnxForm::channels_first, x), "GlobalAveragePool");
}

OnnxValue padded(OnnxWriter& writer, const OnnxValue& from, const OnnxWindow& window) {
  OnnxValue x = writer.as(OnnxForm::channels_first, from);
  const Dims pads = padding_of(window, writer.one_axis);
  Dims all{0, 0};
  all.insert(all.end(), pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(pads.size() / 2));
  all.insert(all.end(), {0, 0});
  all.insert(all.end(), pads.begin() + static_cast<std::ptrdiff_t>(pads.size() / 2), pads.end());
  x.name = writer.node("Pad", {x.name, writer.constant(all)});
  return x;
}

OnnxValue batch_norm(OnnxWriter& writer, const OnnxValue& from) {
  OnnxValue x = from;
  if (x.form != OnnxForm::vector) x = writer.as(OnnxForm::channels_first, x);
  std::vector<std::string> inputs{x.name};
  for (const char* part : {"weight", "bias", "running_mean", "running_var"}) inputs.push_back(writer.parameter(part, 1));
  const double epsilon = 0x1p-10 - writer.module->parts[3].less;
  x.name = writer.node("BatchNormalization", inputs, {{"epsilon", static_cast<float>(epsilon)}});
  return x;
}

OnnxValue layer_norm(OnnxWriter& writer, const OnnxValue& from) {
  OnnxValue x = from;
  if (x.form != OnnxForm::vector) x = writer.as(OnnxForm::channels_last, x);
  x.name = writer.node("LayerNormalization", {x.name, writer.parameter("weight", 1), writer.parameter("bias", 1)},
                       {{"axis", std::int64_t{-1}}, {"epsilon", 1e-5f}});
  return writer.as(from.form, x);
}

OnnxValue embedded(OnnxWriter& writer, const OnnxValue& from, std::size_t symbols, const nn::Shape& output) {
  OnnxValue x = writer.as(OnnxForm::vector, from);
  const std::string held =
      writer.node("Clip", {x.name, writer.constant(0.0f), writer.constant(static_cast<float>(symbols - 1))});
  const std::string whole = writer.node("Cast", {held}, {{"to", std::int64_t{7}}});
  x.name = writer.node("Gather", {writer.parameter("weight", 2), whole});
  x.layout.shape = output;
  x.form = OnnxForm::channels_last;
  if (!writer.one_axis) x.name = writer.reshape(x.name, writer.dims(x));
  return x;
}

OnnxValue reshaped(OnnxWriter& writer, const OnnxValue& from, const nn::Shape& output) {
  OnnxValue x = from;
  if (x.form != OnnxForm::vector || x.layout.permuted()) x = writer.as(OnnxForm::channels_last, x);
  x.layout = {output, pytorch::Order::channels_last};
  return writer.reshaped(x, OnnxForm::channels_last);
}

}  // namespace tools::onnx
