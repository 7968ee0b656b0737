// Functions of one number: Relu and its kind, and the elementary ones.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

void translate_as(Node& node, const char* kind, Attributes attributes = {}) {
  node.require_inputs(1, 1);
  node.require_type(0, {DataType::float32});
  node.ignore({"consumed_inputs"});
  node.define(0, applied(node, kind, node.input(), std::move(attributes)));
}

void translate_clip(Node& node) {
  node.require_inputs(1, 3);
  node.require_same_types();
  node.require_type(0, {DataType::float32});
  for (std::size_t i = 1; i < 3; ++i)
    if (node.has(i)) node.require_constant(i);
  const std::optional<Between> limits = limits_of(node);
  node.require(limits.has_value(), "has limits of several numbers", "one number each");
  node.define(0, applied(node, "clip", node.input(), {{"least", limits->least}, {"most", limits->most}}));
}

void translate_prelu(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  const Value x = node.input(0), slope = node.input(1);
  node.require(broadcast_shape(node, x.shape, slope.shape) == x.shape, text("has slopes of ", slope.shape),
               text("a shape that goes with ", x.shape));
  node.define(0, combined(node, "prelu", x, slope));
}

void translate_gelu(Node& node) {
  const std::string approximation = node.word("approximate", "none");
  node.require(approximation == "none" || approximation == "tanh", "is approximated by " + importer::in_quotes(approximation),
               "\"none\" or \"tanh\"");
  translate_as(node, approximation == "tanh" ? "gelu_tanh" : "gelu");
}

// On codes by two operators, as ONNX Runtime does, which round apart; they become one table.
void translate_hard_swish(Node& node) {
  if (!is_coded(node, node.value())) return translate_as(node, "hard_swish");
  node.require_inputs(1, 1);
  const Value x = node.input();
  node.define(0, combined(node, "mul", x, applied(node, "hard_sigmoid", x, {{"alpha", 1.0f / 6}, {"beta", 0.5f}})));
}

void translate_microsoft_gelu(Node& node) { translate_as(node, "gelu"); }

const OperatorKind relu{"Relu", [](Node& node) { translate_as(node, "relu"); }};
const OperatorKind leaky{"LeakyRelu", [](Node& node) {
                           translate_as(node, "leaky_relu", {{"alpha", node.real("alpha", 0.01f)}});
                         }};
const OperatorKind thresholded{"ThresholdedRelu", [](Node& node) {
                                 translate_as(node, "thresholded_relu", {{"alpha", node.real("alpha", 1)}});
                               }};
const OperatorKind elu{"Elu", [](Node& node) {
                         translate_as(node, "scaled_elu", {{"alpha", node.real("alpha", 1)}, {"gamma", 1.0f}});
                       }};
const OperatorKind celu{"Celu", [](Node& node) { translate_as(node, "celu", {{"alpha", node.real("alpha", 1)}}); }};
const OperatorKind selu{"Selu", [](Node& node) {
                          translate_as(node, "scaled_elu",
                                       {{"alpha", node.real("alpha", 1.67326319217681884765625f)},
                                        {"gamma", node.real("gamma", 1.05070102214813232421875f)}});
                        }};
const OperatorKind sigmoid{"Sigmoid", [](Node& node) { translate_as(node, "logistic"); }};
const OperatorKind hard_sigmoid{
    "HardSigmoid", [](Node& node) {
      translate_as(node, "hard_sigmoid", {{"alpha", node.real("alpha", 0.2f)}, {"beta", node.real("beta", 0.5f)}});
    }};
const OperatorKind hard_swish{"HardSwish", translate_hard_swish};
const OperatorKind tanh{"Tanh", [](Node& node) { translate_as(node, "tanh"); }};
const OperatorKind softplus{"Softplus", [](Node& node) { translate_as(node, "softplus"); }};
const OperatorKind softsign{"Softsign", [](Node& node) { translate_as(node, "softsign"); }};
const OperatorKind mish{"Mish", [](Node& node) { translate_as(node, "mish"); }};
const OperatorKind erf{"Erf", [](Node& node) { translate_as(node, "erf"); }};
const OperatorKind exponential{"Exp", [](Node& node) { translate_as(node, "exp"); }};
const OperatorKind logarithm{"Log", [](Node& node) { translate_as(node, "log"); }};
const OperatorKind root{"Sqrt", [](Node& node) { translate_as(node, "sqrt"); }};
const OperatorKind reciprocal{"Reciprocal", [](Node& node) { translate_as(node, "reciprocal"); }};
const OperatorKind absolute{"Abs", [](Node& node) { translate_as(node, "abs"); }};
const OperatorKind negative{"Neg", [](Node& node) { translate_as(node, "neg"); }};
const OperatorKind gelu{"Gelu", translate_gelu}, microsoft_gelu{"Gelu", translate_microsoft_gelu, microsoft};
const OperatorKind clip{"Clip", translate_clip}, prelu{"PRelu", translate_prelu};

}  // namespace

}  // namespace tools::onnx
