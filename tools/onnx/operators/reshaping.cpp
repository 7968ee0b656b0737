// Reshape, Flatten, Squeeze, Unsqueeze and Transpose: nothing moves, the numbers are seen in another way. DepthToSpace and
// SpaceToDepth are chains of them.
#include <algorithm>

#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

Value seen_as(const Node& node, const Value& x, const std::vector<std::int64_t>& extents) {
  if (extents.size() > 8) node.refuse(text("makes ", extents.size(), " dimensions"), "at most 8");
  Value made = x;
  made.shape.clear();
  std::int64_t count = 1;
  for (std::int64_t extent : extents) {
    if (extent < 0 || extent > 1 << 28 || (count *= extent) > 1 << 28)
      node.refuse(text("makes an extent of ", extent), "as many numbers as there are");
    made.shape.push_back(static_cast<int>(extent));
  }
  if (count != x.count()) node.refuse(text("makes ", made.shape, " of ", x.shape), "as many numbers");
  return made;
}

void translate_reshape(Node& node) {
  node.require_inputs(2, 2);
  const Value& x = node.value();
  const bool zeros = node.whole("allowzero", 0, 0, 1) != 0;
  std::vector<std::int64_t> wanted = node.integers(1);
  std::int64_t others = 1;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == 0 && !zeros) {
      if (i >= x.shape.size()) node.refuse(text("keeps dimension ", i, " of ", x.shape), "one that there is");
      wanted[i] = x.shape[i];
    }
    if (wanted[i] < -1) node.refuse(text("makes an extent of ", wanted[i]), "at least -1");
    if (wanted[i] > 0) others = std::min<std::int64_t>(others * wanted[i], 1 << 30);
  }
  const auto open = std::ranges::count(wanted, -1);
  if (open > 1) node.refuse(text("leaves ", open, " extents open"), "at most one -1");
  if (open == 1) {
    if (x.count() % others != 0)
      node.refuse(text("makes ", x.shape, " of extents whose product is ", others), "a divisor of its numbers");
    *std::ranges::find(wanted, -1) = x.count() / others;
  }
  node.define(0, seen_as(node, x, wanted));
}

void translate_flatten(Node& node) {
  node.require_inputs(1, 1);
  const Value& x = node.value();
  const auto rank = static_cast<std::int64_t>(x.shape.size());
  const std::int64_t stated = node.whole("axis", 1), axis = stated < 0 ? stated + rank : stated;
  if (axis < 0 || axis > rank) node.refuse(text("has the axis ", stated), text(-rank, " to ", rank));
  std::int64_t rows = 1, columns = 1;
  for (std::int64_t d = 0; d < rank; ++d) (d < axis ? rows : columns) *= x.shape[static_cast<std::size_t>(d)];
  node.define(0, seen_as(node, x, {rows, columns}));
}

void translate_squeeze(Node& node) {
  node.require_inputs(1, 2);
  const Value& x = node.value();
  bool given = false;
  const std::vector<std::int64_t> stated = node.stated_axes(1, given);
  std::vector<bool> vanishes(x.shape.size(), false);
  for (std::size_t axis : node.axes(stated, x.shape.size())) {
    if (x.shape[axis] != 1) node.refuse(text("drops dimension ", axis, " of ", x.shape), "one of extent 1");
    vanishes[axis] = true;
  }
  std::vector<std::int64_t> left;
  for (std::size_t d = 0; d < x.shape.size(); ++d)
    if (given ? !vanishes[d] : x.shape[d] != 1) left.push_back(x.shape[d]);
  node.define(0, seen_as(node, x, left));
}

void translate_unsqueeze(Node& node) {
  node.require_inputs(1, 2);
  const Value& x = node.value();
  bool given = false;
  const std::vector<std::int64_t> stated = node.stated_axes(1, given);
  node.require(given, "has no axes", "those of its output that are 1");
  const std::size_t rank = x.shape.size() + stated.size();
  std::vector<std::int64_t> made(rank, 0);
  for (std::size_t axis : node.axes(stated, rank)) made[axis] = 1;
  auto next = x.shape.begin();
  for (std::int64_t& extent : made)
    if (extent == 0) extent = *next++;
  node.define(0, seen_as(node, x, made));
}

Value transposition(const Node& node, const Value& x, const Order& permutation) {
  Value made = x;
  made.shape.clear();
  for (std::size_t d : permutation) made.shape.push_back(x.shape[d]);
  if (x.tensor < 0) return made;
  Value from = x;
  made.layout = transposed(x.layout, x.shape, permutation);
  if (x.count() > 1 && made.layout.empty()) {  // its dimensions are mixed: by way of ONNX's order
    from.layout = natural(x.shape);
    made.tensor = node.in(x, in_order(x.shape.size()));
    made.layout = transposed(from.layout, x.shape, permutation);
  }
  return made;
}

void translate_transpose(Node& node) {
  node.require_inputs(1, 1);
  const Value& x = node.value();
  std::vector<std::int64_t> backward(x.shape.size());
  for (std::size_t d = 0; d < backward.size(); ++d) backward[d] = static_cast<std::int64_t>(backward.size() - 1 - d);
  const std::vector<std::int64_t> stated = node.list("perm", backward);
  if (stated.size() != x.shape.size()) node.refuse(text("permutes ", stated.size(), " dimensions of ", x.shape), "all of them");
  node.define(0, transposition(node, x, node.axes(stated, x.shape.size())));
}

void translate_blocks(Node& node) {
  node.require_inputs(1, 1);
  node.require_rank(0, 4, 4);
  const bool to_space = node.data.operation == "DepthToSpace";
  const std::string mode = to_space ? node.word("mode", "DCR") : "DCR";
  node.require(mode == "DCR" || mode == "CRD", "has the mode " + importer::in_quotes(mode), "DCR or CRD");
  const std::int64_t size = node.whole("blocksize", 0, 1, 65535);
  const Value& x = node.value();
  const std::int64_t batch = x.shape[0], channels = x.shape[1], height = x.shape[2], width = x.shape[3];
  if (to_space ? channels % (size * size) != 0 : height % size != 0 || width % size != 0)
    node.refuse(text("makes blocks of ", size, "x", size, " of ", x.shape), "extents that can be divided");
  if (!to_space) {
    const Value parts = seen_as(node, x, {batch, channels, height / size, size, width / size, size});
    return node.define(0, seen_as(node, transposition(node, parts, {0, 3, 5, 1, 2, 4}),
                                  {batch, channels * size * size, height / size, width / size}));
  }
  const std::int64_t left = channels / (size * size);
  const Value parts = mode == "DCR"
                          ? transposition(node, seen_as(node, x, {batch, size, size, left, height, width}), {0, 3, 4, 1, 5, 2})
                          : transposition(node, seen_as(node, x, {batch, left, size, size, height, width}), {0, 1, 4, 2, 5, 3});
  node.define(0, seen_as(node, parts, {batch, left, height * size, width * size}));
}

const OperatorKind reshape{"Reshape", translate_reshape}, flatten{"Flatten", translate_flatten},
    squeeze{"Squeeze", translate_squeeze};
const OperatorKind unsqueeze{"Unsqueeze", translate_unsqueeze}, transpose{"Transpose", translate_transpose};
const OperatorKind depth_to_space{"DepthToSpace", translate_blocks}, space_to_depth{"SpaceToDepth", translate_blocks};

}  // namespace

}  // namespace tools::onnx
