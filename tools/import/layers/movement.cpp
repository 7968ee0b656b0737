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
    if (from < last)
      node.refuse("changes the order of dimensions, for which nn/ has no layer", "images with channels last all through");
    last = from;
  }
}

// At most two neighbouring dimensions: what stands before these is one number or, of a single one, rows; what stands behind,
// channels.
void add_pad(const Node& node, Chain& chain) {
  const Shape& x = node.input().shape;
  if (node.op.kind == "padv2" && first_number<float>(node.input(2)) != 0) node.refuse("pads with another number than 0", "0");
  const std::vector<std::int64_t> pads = node.constant(1);
  const auto padded = [&](std::size_t d) { return pads[2 * d] + pads[2 * d + 1] > 0; };
  const auto extent = [&](std::size_t begin, std::size_t end) {
    std::size_t product = 1;
    for (std::size_t d = begin; d < end; ++d) product *= static_cast<std::size_t>(x[d]);
    return product;
  };
  std::size_t first = 0, end = x.size();
  while (first < end && !padded(first)) ++first;
  if (first == end) return;
  while (!padded(end - 1)) --end;
  const bool rows = end - first == 2;
  if (end - first > 2 || (rows && extent(0, first) > 1))
    node.refuse("pads dimensions that are not height and width, for which nn/ has no layer", "rows and columns alone");
  const nn::Shape seen{rows ? extent(first, first + 1) : extent(0, first), extent(end - 1, end), extent(end, x.size())};
  const auto pad = [&](bool any, std::size_t i) { return any ? static_cast<std::size_t>(pads[i]) : 0; };
  const std::size_t above = pad(rows, 2 * first), below = pad(rows, 2 * first + 1), left = pad(true, 2 * end - 2),
                    right = pad(true, 2 * end - 1);
  chain.see(seen);
  chain.add({.name = "Pad",
             .options = text("<", above, ", ", below, ", ", left, ", ", right, ">"),
             .output = {above + seen.height + below, left + seen.width + right, seen.channels},
             .constant = static_cast<std::uint32_t>(above * 65536 + left)});
}

// The two directions of a recurrent layer.
bool is_bidirectional(const std::vector<Chain>& branches) {
  if (branches.size() != 2 || branches[0].layers.size() != 1 || branches[1].layers.size() != 1) return false;
  const Layer &there = branches[0].layers[0], &back = branches[1].layers[0];
  return !there.reversed && back.reversed && there.name == back.name && there.options == back.options &&
         there.output == back.output;
}

void add_bidirectional(Chain& chain, const std::vector<Chain>& directions) {
  const Layer& there = directions[0].layers[0];
  Layer back = directions[1].layers[0];
  back.reversed = false;
  Layer made{.name = "Bidirectional",
             .options = "<nn::" + there.name + there.options + ">",
             .output = there.output,
             .constant = there.constant | 1u};
  made.output.channels *= 2;
  made.inside = {there, back};
  chain.add(std::move(made));
}

// What stands before the axis are places, what it joins their channels.
void join(const Node& node, Chain& chain, std::vector<Chain> branches) {
  const Shape& y = node.output().shape;
  const std::size_t axis = node.axis(node.whole("axis"), y.size());
  std::size_t places = 1;
  for (std::size_t d = 0; d < axis; ++d) places *= static_cast<std::size_t>(y[d]);
  if (is_bidirectional(branches) && places == branches[0].output().width) return add_bidirectional(chain, branches);
  const bool of_channels = axis + 1 == y.size();
  nn::Shape output = of_channels ? layer_shape(y) : nn::Shape{1, places, static_cast<std::size_t>(element_count(y)) / places};
  node.require(branches.size() == node.op.inputs.size(), "joins a constant to what is computed, for which nn/ has no layer",
               "tensors that are computed");
  for (Chain& branch : branches) branch.see({output.height, output.width, branch.output().size() / places});
  chain.add(branched("Concat", "", output, std::move(branches)));
  add_activation(node, chain);
}

void refuse_alone(const Node& node, Chain&) {
  node.refuse("joins a constant to what is computed, for which nn/ has no layer", "tensors that are computed");
}

const LayerKind reshape{{.kind = "reshape", .add = pass}}, squeeze{{.kind = "squeeze", .add = pass}},
    expand_dims{{.kind = "expand_dims", .add = pass}};
const LayerKind transpose{{.kind = "transpose", .add = add_transpose}};
const LayerKind pad{{.kind = "pad", .add = add_pad}}, padv2{{.kind = "padv2", .add = add_pad}};
const LayerKind concatenation{{.kind = "concatenation", .add = refuse_alone, .join = join}};

}  // namespace

}  // namespace tools::importer
