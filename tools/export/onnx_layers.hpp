// OnnxLayer<Spec>: the nodes that compute a layer.
//
//   emit<Bound>(writer, x)     x is the input; gives the output, whose layout is that of x unless the layer changes its order
#pragma once

#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/export/onnx_writer.hpp"
#include "tools/pytorch/layers.hpp"

namespace tools {

// Before and behind the input: [top, left, bottom, right], or [left, right].
template <class Window>
Dims padding_of(bool one_axis) {
  const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  const nn::Axis& rows = Window::rows;
  const nn::Axis& columns = Window::columns;
  if (one_axis) return {number(columns.before()), number(columns.after())};
  return {number(rows.before()), number(columns.before()), number(rows.after()), number(columns.after())};
}

template <class Window>
std::vector<OnnxGraph::Attribute> window_of(bool one_axis, bool dilated) {
  const auto pair = [&](std::size_t rows, std::size_t columns) {
    return one_axis ? Dims{static_cast<std::int64_t>(columns)}
                    : Dims{static_cast<std::int64_t>(rows), static_cast<std::int64_t>(columns)};
  };
  std::vector<OnnxGraph::Attribute> attributes{{"kernel_shape", pair(Window::rows.taps, Window::columns.taps)},
                                               {"strides", pair(Window::rows.stride, Window::columns.stride)},
                                               {"pads", padding_of<Window>(one_axis)}};
  if (dilated) attributes.push_back({"dilations", pair(Window::rows.dilation, Window::columns.dilation)});
  return attributes;
}

template <class Bound>
OnnxValue convolved(OnnxWriter& writer, OnnxValue x, std::size_t groups) {
  x = writer.as(OnnxForm::channels_first, x);
  auto attributes = window_of<typename Bound::Window>(writer.one_axis, true);
  attributes.push_back({"group", static_cast<std::int64_t>(groups)});
  x.name =
      writer.node("Conv", {x.name, writer.parameter("weight", writer.one_axis ? 3 : 4), writer.parameter("bias", 1)}, attributes);
  return x;
}

template <class Bound>
OnnxValue pooled(OnnxWriter& writer, OnnxValue x, const std::string& type) {
  x = writer.as(OnnxForm::channels_first, x);
  x.name = writer.node(type, {x.name}, window_of<typename Bound::Window>(writer.one_axis, false));
  return x;
}

template <class Spec>
struct OnnxLayer;  // a layer that is not here cannot be written

template <std::size_t Outputs>
struct OnnxLayer<nn::Dense<Outputs>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x = writer.as(OnnxForm::vector, x);
    x.name =
        writer.node("Gemm", {x.name, writer.parameter("weight", 2), writer.parameter("bias", 1)}, {{"transB", std::int64_t{1}}});
    return x;
  }
};
template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::Conv2d<Outputs, Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return convolved<Bound>(writer, x, 1);
  }
};
template <std::size_t Outputs, std::size_t Width, class... Options>
struct OnnxLayer<nn::Conv1d<Outputs, Width, Options...>> : OnnxLayer<nn::Conv2d<Outputs, 1, Width, Options...>> {};
template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::DepthwiseConv2d<Multiplier, Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return convolved<Bound>(writer, x, Bound::Channels);
  }
};

template <std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::MaxPool2d<Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return pooled<Bound>(writer, x, "MaxPool");
  }
};
template <std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::AvgPool2d<Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return pooled<Bound>(writer, x, "AveragePool");
  }
};
template <>
struct OnnxLayer<nn::GlobalAvgPool> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x = writer.as(OnnxForm::channels_first, x);
    return function(writer, x, "GlobalAveragePool");
  }
};
template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
struct OnnxLayer<nn::Pad<Above, Below, Left, Right>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x = writer.as(OnnxForm::channels_first, x);
    const Dims pads = padding_of<typename Bound::Window>(writer.one_axis);
    Dims all{0, 0};
    all.insert(all.end(), pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(pads.size() / 2));
    all.insert(all.end(), {0, 0});
    all.insert(all.end(), pads.begin() + static_cast<std::ptrdiff_t>(pads.size() / 2), pads.end());
    x.name = writer.node("Pad", {x.name, writer.constant(all)});
    return x;
  }
};

template <int Shift>
struct OnnxLayer<nn::BatchNorm<Shift>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    if (x.form != OnnxForm::vector) x = writer.as(OnnxForm::channels_first, x);
    std::vector<std::string> inputs{x.name};
    for (const char* part : {"weight", "bias", "running_mean", "running_var"}) inputs.push_back(writer.parameter(part, 1));
    const double epsilon = 0x1p-10 - writer.module->parts[3].less;
    x.name = writer.node("BatchNormalization", inputs, {{"epsilon", static_cast<float>(epsilon)}});
    return x;
  }
};
template <>
struct OnnxLayer<nn::LayerNorm> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    const OnnxForm form = x.form;
    if (form != OnnxForm::vector) x = writer.as(OnnxForm::channels_last, x);
    x.name = writer.node("LayerNormalization", {x.name, writer.parameter("weight", 1), writer.parameter("bias", 1)},
                         {{"axis", std::int64_t{-1}}, {"epsilon", 1e-5f}});
    return writer.as(form, x);
  }
};
template <std::size_t Symbols, std::size_t Width>
struct OnnxLayer<nn::Embedding<Symbols, Width>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x = writer.as(OnnxForm::vector, x);
    const std::string held =
        writer.node("Clip", {x.name, writer.constant(0.0f), writer.constant(static_cast<float>(Symbols - 1))});
    const std::string symbols = writer.node("Cast", {held}, {{"to", std::int64_t{7}}});
    x.name = writer.node("Gather", {writer.parameter("weight", 2), symbols});
    x.layout.shape = Bound::output;
    x.form = OnnxForm::channels_last;
    if (!writer.one_axis) x.name = writer.reshape(x.name, writer.dims(x));
    return x;
  }
};

template <>
struct OnnxLayer<nn::Flatten> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return writer.as(OnnxForm::vector, x);
  }
};
// The numbers in our order.
template <std::size_t... Extents>
struct OnnxLayer<nn::Reshape<Extents...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    if (x.form != OnnxForm::vector || x.layout.permuted()) x = writer.as(OnnxForm::channels_last, x);
    x.layout = {Bound::output, pytorch::Order::channels_last};
    return writer.reshaped(x, OnnxForm::channels_last);
  }
};
template <unsigned Percent>
struct OnnxLayer<nn::Dropout<Percent>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter&, const OnnxValue& x) {
    return x;
  }
};

}  // namespace tools
