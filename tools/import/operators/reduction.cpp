#include "tools/import/operators/reduction.hpp"

#include "tools/import/operators/windows.hpp"

namespace tools::importer {

void check_reduction(const Node& node) {
  node.require_inputs(2, 2);
  node.set_output_type({node.input().type});
  const Shape& x = node.input().shape;
  std::vector<bool> reduced(x.size(), false);
  for (std::int64_t axis : node.constant(1)) reduced[node.axis(axis, x.size())] = true;
  Shape y;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!reduced[i]) y.push_back(x[i]);
    else if (node.flag("keep_dims")) y.push_back(1);
  }
  node.set_output(y);
}

nn::graph::Window reduced(const Node& node) {
  nn::graph::Window read{};
  read.input = read.output = image(node, node.input());
  read.batch = node.input().shape[0];
  for (std::int64_t stated : node.constant(1)) {
    const std::size_t axis = node.axis(stated, 4);
    if (axis != 1 && axis != 2) node.refuse(text("reduces dimension ", axis), "the height (1), the width (2) or both");
    (axis == 1 ? read.kernel.height : read.kernel.width) = axis == 1 ? read.input.height : read.input.width;
    (axis == 1 ? read.output.height : read.output.width) = 1;
  }
  return read;
}

}  // namespace tools::importer
