// OnnxLayer<Spec>: the nodes that compute a layer.
//
//   emit<Bound>(writer, x)     x is the input; gives the output, whose layout is that of x unless the layer changes its order
#pragma once

#include <cstddef>

#include "nn/nn.hpp"
#include "tools/export/onnx_writer.hpp"
#include "tools/pytorch/layers.hpp"

namespace tools {

// The window of a layer.
struct OnnxWindow {
  nn::Axis rows, columns;
};
template <class Bound>
constexpr OnnxWindow window_of{Bound::Window::rows, Bound::Window::columns};

// What the emitters do that have a class here for each layer.
namespace onnx {
OnnxValue dense(OnnxWriter& writer, const OnnxValue& x);
OnnxValue convolved(OnnxWriter& writer, const OnnxValue& x, const OnnxWindow& window, std::size_t groups);
OnnxValue pooled(OnnxWriter& writer, const OnnxValue& x, const char* type, const OnnxWindow& window);
OnnxValue averaged(OnnxWriter& writer, const OnnxValue& x);
OnnxValue padded(OnnxWriter& writer, const OnnxValue& x, const OnnxWindow& window);
OnnxValue batch_norm(OnnxWriter& writer, const OnnxValue& x);
OnnxValue layer_norm(OnnxWriter& writer, const OnnxValue& x);
OnnxValue embedded(OnnxWriter& writer, const OnnxValue& x, std::size_t symbols, const nn::Shape& output);
OnnxValue reshaped(OnnxWriter& writer, const OnnxValue& x, const nn::Shape& output);
}  // namespace onnx

template <class Spec>
struct OnnxLayer;  // a layer that is not here cannot be written

template <std::size_t Outputs>
struct OnnxLayer<nn::Dense<Outputs>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::dense(writer, x);
  }
};
template <std::size_t Outputs, std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::Conv2d<Outputs, Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::convolved(writer, x, window_of<Bound>, 1);
  }
};
template <std::size_t Outputs, std::size_t Width, class... Options>
struct OnnxLayer<nn::Conv1d<Outputs, Width, Options...>> : OnnxLayer<nn::Conv2d<Outputs, 1, Width, Options...>> {};
template <std::size_t Multiplier, std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::DepthwiseConv2d<Multiplier, Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::convolved(writer, x, window_of<Bound>, Bound::Channels);
  }
};

template <std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::MaxPool2d<Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::pooled(writer, x, "MaxPool", window_of<Bound>);
  }
};
template <std::size_t Height, std::size_t Width, class... Options>
struct OnnxLayer<nn::AvgPool2d<Height, Width, Options...>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::pooled(writer, x, "AveragePool", window_of<Bound>);
  }
};
template <>
struct OnnxLayer<nn::GlobalAvgPool> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::averaged(writer, x);
  }
};
template <std::size_t Above, std::size_t Below, std::size_t Left, std::size_t Right>
struct OnnxLayer<nn::Pad<Above, Below, Left, Right>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::padded(writer, x, window_of<Bound>);
  }
};

template <int Shift>
struct OnnxLayer<nn::BatchNorm<Shift>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::batch_norm(writer, x);
  }
};
template <>
struct OnnxLayer<nn::LayerNorm> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::layer_norm(writer, x);
  }
};
template <std::size_t Symbols, std::size_t Width>
struct OnnxLayer<nn::Embedding<Symbols, Width>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::embedded(writer, x, Symbols, Bound::output);
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
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return onnx::reshaped(writer, x, Bound::output);
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
