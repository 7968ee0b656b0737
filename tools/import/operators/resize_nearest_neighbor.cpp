// RESIZE_NEAREST_NEIGHBOR.
#include <cmath>

#include "nn/graph/resize_nearest.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/resize.hpp"

namespace tools::importer {

namespace {

// GetNearestNeighbor of TensorFlow Lite's reference kernels, in float, for each index of the output.
const std::int32_t* nearest(Lowering& node, std::int32_t input, std::int32_t output) {
  const bool corners = node.flag("align_corners");
  const float scale = corners && output > 1 ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                                            : static_cast<float>(input) / static_cast<float>(output);
  const float offset = node.flag("half_pixel_centers") ? 0.5f : 0.0f;
  std::vector<std::int32_t> list;
  for (std::int32_t i = 0; i < output; ++i) {
    const float at = (static_cast<float>(i) + offset) * scale;
    list.push_back(std::min(static_cast<std::int32_t>(corners ? std::round(at) : std::floor(at)), input - 1));
  }
  return node.keep(std::move(list));
}

template <class Number>
void lower_numbers(Lowering& node) {
  const nn::graph::Extent input = image(node, node.input()), output = image(node, node.output());
  const std::int32_t* row = nearest(node, input.height, output.height);
  const std::int32_t* column = nearest(node, input.width, output.width);
  node.apply(nn::graph::ResizeNearest<Number>{
      .batch = node.input().shape[0], .input = input, .output = output, .row = row, .column = column});
}

void lower(Lowering& node) {
  with_number_of(node.input().type, [&]<class Number>(Number) { lower_numbers<Number>(node); });
}

const OperatorKind kind{{.name = "resize_nearest_neighbor", .types = computed_types, .check = check_resize, .lower = lower}};

}  // namespace

}  // namespace tools::importer
