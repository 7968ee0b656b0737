// What moves no number, or only around: RESHAPE and its kind, PAD, CONCATENATION.
#include "tools/import/layer_kind.hpp"

namespace tools::importer {

namespace {

void pass(const Node&, Chain&) {}

// Extents of 1 may change their place.
void add_transpose(const Node& node, Chain&) {
  std::int64_t last = -1;
  for (std::int64_t from : node.constant(1)) {
    if (node.input().shape[static_cast<std::size_t>(from)] == 1) continue;
    if (from < last) node.refuse("changes the order of dimensions, for which nn/ has no layer", "images with channels last all through");
    last = from;
  }
}

void add_pad(const Node& node, Chain& chain) {
  const Shape& x = node.input().shape;
  node.require(x.size() <= 4, [&] { return text("pads the shape ", x); }, "at most 4 dimensions");
  if (node.op.kind == "padv2" && first_number<float>(node.input(2)) != 0) node.refuse("pads with another number than 0", "0");
  std::vector<std::int64_t> pads = node.constant(1);
  pads.insert(pads.begin(), 8 - pads.size(), 0);
  if (pads[0] + pads[1] + pads[6] + pads[7] != 0) node.refuse("pads the batch or the channels, for which nn/ has no layer", "rows and columns alone");
  const auto pad = [&](std::size_t i) { return static_cast<std::size_t>(pads[i]); };
  if (pad(2) + pad(3) + pad(4) + pad(5) == 0) return;
  if (x.size() == 4 && x[0] > 1) node.refuse(text("pads ", x[0], " images"), "one");
  chain.see(layer_shape(x));
  chain.add({.name = "Pad", .options = text("<", pad(2), ", ", pad(3), ", ", pad(4), ", ", pad(5), ">"), .output = layer_shape(node.output().shape),
             .constant = static_cast<std::uint32_t>(pad(2) * 65536 + pad(4))});
}

// What stands before the axis are places, what it joins their channels.
void join(const Node& node, Chain& chain, std::vector<Chain> branches) {
  const Shape& y = node.output().shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size());
  std::size_t places = 1;
  for (std::size_t d = 0; d < axis; ++d) places *= static_cast<std::size_t>(y[d]);
  const bool of_channels = axis + 1 == y.size();
  nn::Shape output = of_channels ? layer_shape(y) : nn::Shape{1, places, static_cast<std::size_t>(element_count(y)) / places};
  node.require(branches.size() == node.op.inputs.size(), "joins a constant to what is computed, for which nn/ has no layer", "tensors that are computed");
  for (Chain& branch : branches) branch.see({output.height, output.width, branch.output().size() / places});
  chain.add(branched("Concat", "", output, std::move(branches)));
  add_activation(node, chain);
}

void refuse_alone(const Node& node, Chain&) { node.refuse("joins a constant to what is computed, for which nn/ has no layer", "tensors that are computed"); }

const LayerKind reshape{{.kind = "reshape", .add = pass}}, squeeze{{.kind = "squeeze", .add = pass}}, expand_dims{{.kind = "expand_dims", .add = pass}};
const LayerKind transpose{{.kind = "transpose", .add = add_transpose}};
const LayerKind pad{{.kind = "pad", .add = add_pad}}, padv2{{.kind = "padv2", .add = add_pad}};
const LayerKind concatenation{{.kind = "concatenation", .add = refuse_alone, .join = join}};

}  // namespace

}  // namespace tools::importer
