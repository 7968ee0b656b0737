#include "tools/import/operators/reduction.hpp"

#include <algorithm>

#include "tools/import/operators/strided.hpp"
#include "tools/import/operators/windows.hpp"

namespace tools::importer {

namespace {

std::vector<bool> reduced(const Node& node) {
  std::vector<bool> all(node.input().shape.size(), false);
  for (std::int64_t axis : node.constant(1)) all[node.axis(axis, all.size())] = true;
  return all;
}

}  // namespace

void check_reduction(const Node& node) {
  node.require_inputs(2, 2);
  node.set_output_type({node.input().type});
  const Shape& x = node.input().shape;
  const std::vector<bool> vanishes = reduced(node);
  Shape y;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!vanishes[i]) y.push_back(x[i]);
    else if (node.flag("keep_dims")) y.push_back(1);
  }
  node.set_output(y);
}

bool reduces_image(const Node& node) {
  const std::vector<bool> vanishes = reduced(node);
  return vanishes.size() == 4 && !vanishes[0] && !vanishes[3];
}

nn::graph::Window reduced_image(const Node& node) {
  nn::graph::Window read{};
  read.input = read.output = image(node, node.input());
  read.batch = node.input().shape[0];
  const std::vector<bool> vanishes = reduced(node);
  if (vanishes[1]) {
    read.kernel.height = read.input.height;
    read.output.height = 1;
  }
  if (vanishes[2]) {
    read.kernel.width = read.input.width;
    read.output.width = 1;
  }
  return read;
}

nn::graph::Reduction reduction(const Node& node) {
  const Shape& x = node.input().shape;
  if (x.size() > 5) node.refuse(text("reads the shape ", x), "at most 5 dimensions");
  nn::graph::Reduction made{};
  std::ranges::fill(made.kept, 1);
  std::ranges::fill(made.reduced, 1);
  const std::vector<std::int32_t> stride = strides(x);
  const std::vector<bool> vanishes = reduced(node);
  for (std::size_t d = 0; d < x.size(); ++d) {
    (vanishes[d] ? made.reduced : made.kept)[d] = x[d];
    (vanishes[d] ? made.reduced_step : made.kept_step)[d] = stride[d];
  }
  return made;
}

}  // namespace tools::importer
