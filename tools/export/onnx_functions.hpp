// OnnxLayer of functions of each number, which take it in any form, and of Softmax.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "tools/export/onnx_layers.hpp"

namespace tools {

template <std::size_t Size>
struct OnnxTypeName {
  constexpr OnnxTypeName(const char (&name)[Size]) { std::copy_n(name, Size, text); }
  char text[Size]{};
};
template <OnnxTypeName Type>
struct OnnxFunction {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return function(writer, x, Type.text);
  }
};
template <>
struct OnnxLayer<nn::Relu> : OnnxFunction<"Relu"> {};
template <>
struct OnnxLayer<nn::Tanh> : OnnxFunction<"Tanh"> {};
template <>
struct OnnxLayer<nn::Sigmoid> : OnnxFunction<"Sigmoid"> {};
template <>
struct OnnxLayer<nn::Softplus> : OnnxFunction<"Softplus"> {};
template <>
struct OnnxLayer<nn::Elu> : OnnxFunction<"Elu"> {};
template <>
struct OnnxLayer<nn::HardSwish> : OnnxFunction<"HardSwish"> {};
template <>
struct OnnxLayer<nn::HardSigmoid> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return function(writer, x, "HardSigmoid", {{"alpha", 1.0f / 6}});
  }
};
template <int Shift>
struct OnnxLayer<nn::LeakyRelu<Shift>> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, const OnnxValue& x) {
    return function(writer, x, "LeakyRelu", {{"alpha", 1.0f / static_cast<float>(1u << Shift)}});
  }
};
template <>
struct OnnxLayer<nn::Relu6> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x.name = writer.node("Clip", {x.name, writer.constant(0.0f), writer.constant(6.0f)});
    return x;
  }
};
template <>
struct OnnxLayer<nn::Silu> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x.name = writer.node("Mul", {x.name, writer.node("Sigmoid", {x.name})});
    return x;
  }
};
// x · sigmoid(2·√(2/π)·(x + 0.044715·x³))
template <>
struct OnnxLayer<nn::Gelu> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    const std::string cube = writer.node("Mul", {writer.node("Mul", {x.name, x.name}), x.name});
    const std::string sum = writer.node("Add", {x.name, writer.node("Mul", {cube, writer.constant(0.044715f)})});
    const std::string gate = writer.node("Sigmoid", {writer.node("Mul", {sum, writer.constant(1.5957691216f)})});
    x.name = writer.node("Mul", {x.name, gate});
    return x;
  }
};
// Over all numbers, not along an axis.
template <>
struct OnnxLayer<nn::Softmax> {
  template <class Bound>
  static OnnxValue emit(OnnxWriter& writer, OnnxValue x) {
    x = writer.as(OnnxForm::vector, x);
    return function(writer, x, "Softmax", {{"axis", std::int64_t{1}}});
  }
};

}  // namespace tools
