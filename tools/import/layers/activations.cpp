// Functions of one number.
#include <algorithm>
#include <cmath>

#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

void add_plain(Chain& chain, const char* name) { chain.add({name, "", chain.output()}); }

// A layer without options.
template <const char* Name>
void add(const Node&, Chain& chain) {
  add_plain(chain, Name);
}

constexpr char relu_name[] = "Relu", relu6_name[] = "Relu6", elu_name[] = "Elu", sigmoid_name[] = "Sigmoid",
               hard_swish_name[] = "HardSwish", tanh_name[] = "Tanh", softplus_name[] = "Softplus";

void add_clip(const Node& node, Chain& chain) {
  const auto* least = node.op.attributes.find<float>("least");
  const auto* most = node.op.attributes.find<float>("most");
  const bool from_zero = least != nullptr && *least == 0, bounded = most != nullptr && std::isfinite(*most) && *most < 3e38f;
  if (from_zero && !bounded) return add_plain(chain, "Relu");
  if (from_zero && *most == 6) return add_plain(chain, "Relu6");
  node.refuse("clips to limits for which nn/ has no layer", "0 and 6 (Relu6), or 0 alone (Relu)");
}

void add_leaky_relu(const Node& node, Chain& chain) {
  const float alpha = node.real("alpha");
  int exponent = 0;
  if (std::frexp(alpha, &exponent) != 0.5f || exponent > 0 || exponent < -14)
    node.refuse(text("has the slope ", std::to_string(alpha)),
                "a power of two from 1/2 to 1/32768, as nn::LeakyRelu has: train it with 1/128, or 1/4");
  const int shift = 1 - exponent;
  chain.add({.name = "LeakyRelu",
             .options = text("<", shift, ">"),
             .output = chain.output(),
             .constant = static_cast<std::uint32_t>(shift)});
}

void add_hard_sigmoid(const Node& node, Chain& chain) {
  const bool usual = std::abs(node.real("alpha", 0.2f) - 1.0f / 6) < 1e-6f && node.real("beta", 0.5f) == 0.5f;
  node.require(usual, "has another slope than 1/6", "x/6 + 1/2, as nn::HardSigmoid and PyTorch's have it");
  add_plain(chain, "HardSigmoid");
}

void add_scaled_elu(const Node& node, Chain& chain) {
  node.require(node.real("alpha", 1) == 1 && node.real("gamma", 1) == 1, "has an alpha or gamma other than 1 (SELU has)",
               "nn::Elu, which has 1: train it with ELU");
  add_plain(chain, "Elu");
}

void add_gelu(const Node& node, Chain& chain) {
  node.require(node.op.kind == "gelu_tanh" || node.flag("approximate"),
               "is the GELU of erf, which differs from nn::Gelu by up to 0.0005", "that of tanh: nn.GELU(approximate=\"tanh\")");
  add_plain(chain, "Gelu");
}

// Limits from below by 0, and from above by 6 behind that.
void add_limit(const Node& node, Chain& chain) {
  const std::size_t other = 1 - computed_inputs(node)[0];
  const std::vector<float> limits = constant_reals(node, other, "limits");
  const auto all = [&](float limit) { return std::ranges::all_of(limits, [limit](float each) { return each == limit; }); };
  if (node.op.kind == "maximum" && all(0)) return add_plain(chain, "Relu");
  if (node.op.kind == "minimum" && all(6) && !chain.layers.empty() && chain.layers.back().name == "Relu") {
    chain.layers.pop_back();
    return add_plain(chain, "Relu6");
  }
  node.refuse("compares with numbers for which nn/ has no layer", "0 (Relu), or 0 and then 6 (Relu6)");
}

void add_softmax(const Node& node, Chain& chain) {
  const Shape& x = node.input().shape;
  const std::size_t classes = x.empty() ? 1 : static_cast<std::size_t>(x.back());
  if (chain.output().size() != classes)
    node.refuse(text("is that of each of ", chain.output().size() / classes, " rows, and nn::Softmax of all numbers"), "one row");
  const float beta = node.real("beta", 1);
  if (beta != 1) {
    const std::size_t channels = chain.output().channels;
    chain.scale(std::vector<float>(channels, beta), std::vector<float>(channels, 0.0f));
  }
  add_plain(chain, "Softmax");
}

const LayerKind relu{{.kind = "relu", .add = add<relu_name>}}, relu6{{.kind = "relu6", .add = add<relu6_name>}};
const LayerKind elu{{.kind = "elu", .add = add<elu_name>}}, tanh{{.kind = "tanh", .add = add<tanh_name>}};
const LayerKind logistic{{.kind = "logistic", .add = add<sigmoid_name>}},
    hard_swish{{.kind = "hard_swish", .add = add<hard_swish_name>}};
const LayerKind softplus{{.kind = "softplus", .add = add<softplus_name>}}, clip{{.kind = "clip", .add = add_clip}};
const LayerKind leaky_relu{{.kind = "leaky_relu", .add = add_leaky_relu}},
    hard_sigmoid{{.kind = "hard_sigmoid", .add = add_hard_sigmoid}};
const LayerKind scaled_elu{{.kind = "scaled_elu", .add = add_scaled_elu}};
const LayerKind gelu{{.kind = "gelu", .add = add_gelu}}, gelu_tanh{{.kind = "gelu_tanh", .add = add_gelu}};
const LayerKind maximum{{.kind = "maximum", .add = add_limit}}, minimum{{.kind = "minimum", .add = add_limit}};
const LayerKind softmax{{.kind = "softmax", .add = add_softmax}};

}  // namespace

}  // namespace tools::importer
