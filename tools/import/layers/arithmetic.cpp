// ADD, SUB, MUL and DIV. With a constant: a factor and an offset for each channel, which become part of the layer before or a
// depthwise convolution of one place. Of two branches: a sum is Residual, x times its Sigmoid Silu, times its HardSigmoid
// HardSwish.
#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

// The constant as many numbers as the channels of what the chain has given, which is seen so.
std::vector<float> spread(const Node& node, Chain& chain, std::size_t input, std::size_t constant) {
  const Shape &x = node.input(input).shape, &y = node.output().shape;
  const std::vector<float> values = constant_reals(node, constant, "constants");
  if (element_count(x) != element_count(y))
    node.refuse(text("makes ", y, " of ", x, " by repeating it, for which nn/ has no layer"),
                "a constant that goes with its input");
  if (values.size() == 1) return std::vector<float>(chain.output().channels, values[0]);
  Shape shape = node.input(constant).shape;
  shape.insert(shape.begin(), y.size() - shape.size(), 1);
  const auto channels = static_cast<std::size_t>(y.back());
  if (values.size() == channels && shape.back() == y.back()) {
    if (chain.output().channels != channels) chain.see(layer_shape(y));
    return values;
  }
  chain.see({.channels = chain.output().size()});
  std::vector<float> all(chain.output().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::size_t from = 0, step = 1, left = i;
    for (std::size_t d = y.size(); d-- > 0;) {
      const auto extent = static_cast<std::size_t>(y[d]), own = static_cast<std::size_t>(shape[d]);
      if (own > 1) from += left % extent * step;
      step *= own;
      left /= extent;
    }
    all[i] = values[from];
  }
  return all;
}

void add_constant(const Node& node, Chain& chain) {
  const std::size_t x = computed_inputs(node)[0];
  const std::string& kind = node.op.kind;
  std::vector<float> values = spread(node, chain, x, 1 - x);
  std::vector<float> factor(values.size(), 1.0f), offset(values.size(), 0.0f);
  if (kind == "add") {
    offset = values;
  } else if (kind == "sub") {
    if (x == 1) factor.assign(values.size(), -1.0f);
    for (std::size_t k = 0; k < values.size(); ++k) offset[k] = x == 1 ? values[k] : -values[k];
  } else if (kind == "mul") {
    factor = values;
  } else {
    node.require(x == 0, "divides by what is computed, for which nn/ has no layer that learns", "a division by constants");
    for (std::size_t k = 0; k < values.size(); ++k) factor[k] = 1 / values[k];
  }
  chain.scale(factor, offset);
  add_activation(node, chain);
}

void negate(const Node&, Chain& chain) {
  const std::size_t channels = chain.output().channels;
  chain.scale(std::vector<float>(channels, -1.0f), std::vector<float>(channels, 0.0f));
}

void join_sum(const Node& node, Chain& chain, std::vector<Chain> branches) {
  node.require(
      node.input(0).shape == node.input(1).shape,
      [&] { return text("adds ", node.input(0).shape, " and ", node.input(1).shape); }, "two of one shape");
  if (branches[1].layers.size() < branches[0].layers.size()) std::swap(branches[0], branches[1]);
  node.require(!branches[1].layers.empty(), "adds a tensor to itself, for which nn/ has no layer",
               "what a chain of layers makes of it");
  for (Chain& branch : branches) branch.see(layer_shape(node.output().shape));
  const nn::Shape output = branches[0].output();
  chain.add(branched("Residual", "", output, std::move(branches)));
  add_activation(node, chain);
}

void join_product(const Node& node, Chain& chain, std::vector<Chain> branches) {
  if (branches[1].layers.size() < branches[0].layers.size()) std::swap(branches[0], branches[1]);
  const bool gated = branches[0].layers.empty() && branches[1].layers.size() == 1 && node.input(0).shape == node.input(1).shape;
  const std::string gate = gated ? branches[1].layers[0].name : "";
  node.require(gate == "Sigmoid" || gate == "HardSigmoid",
               "multiplies what two branches compute, for which nn/ has no layer that learns",
               "x · sigmoid(x) or x · hard_sigmoid(x), or a model without such gates");
  chain.add({gate == "Sigmoid" ? "Silu" : "HardSwish", "", chain.output()});
  add_activation(node, chain);
}

const LayerKind add{{.kind = "add", .add = add_constant, .join = join_sum}};
const LayerKind sub{{.kind = "sub", .add = add_constant}};
const LayerKind mul{{.kind = "mul", .add = add_constant, .join = join_product}};
const LayerKind div{{.kind = "div", .add = add_constant}};
const LayerKind neg{{.kind = "neg", .add = negate}};

}  // namespace

}  // namespace tools::importer
